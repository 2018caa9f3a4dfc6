import { parseArgs } from 'node:util'
import { openWriter, waitForOnline } from '@hopline/hopsworks/ingest'
import type { Values } from '@hopline/hopsworks/ingest'
import { connectHopsworks, materialisationJobs } from '@hopline/hopsworks/management'
import type { GroupDefinition, Hopsworks } from '@hopline/hopsworks/management'
import { withLocalHopsworks } from './local-hopsworks.ts'
import { median } from './median.ts'
import { processUse } from './process-use.ts'

/**
 * Rows a second from a producer to readable in the online store of the local Hopsworks, over mutual TLS; every million
 * of them is materialised, too. `--rows 10000000` is the long run: the memory of the server must not grow with the rows.
 */
const { values } = parseArgs({ options: { rows: { type: 'string' } } })
const rowsPerWrite = 200_000
const writes = Math.ceil(Number(values.rows ?? 1_000_000) / rowsPerWrite)
const writesPerJob = 5
const keys = 1_000_000
const first = 978_307_200_000_000n

const group: GroupDefinition = {
  name: 'bench_online',
  version: 1,
  description: 'Nine features',
  online: true,
  features: [
    { name: 'id', type: 'bigint', primary: true },
    { name: 'at', type: 'timestamp' },
    { name: 'origin', type: 'string', onlineType: 'varchar(3)' },
    { name: 'destination', type: 'string', onlineType: 'varchar(3)' },
    { name: 'distance', type: 'int' },
    { name: 'delay', type: 'int' },
    { name: 'late', type: 'boolean' },
    { name: 'share', type: 'double' },
    { name: 'flights', type: 'bigint' },
  ],
  eventTime: 'at',
  timeTravelFormat: 'HUDI',
}
const airports = ['ORD', 'LAX', 'DEN', 'SFO', 'ATL', 'JFK', 'SEA', 'BOS', 'MIA', 'PHX', 'DFW', 'IAH']

function* rowsOf(write: number): Generator<Values> {
  for (let row = write * rowsPerWrite; row < (write + 1) * rowsPerWrite; row += 1) {
    yield {
      id: BigInt(row % keys),
      at: first + BigInt(row) * 1_000_000n,
      origin: airports[row % 12] ?? '',
      destination: airports[(row + 5) % 12] ?? '',
      distance: 200 + (row % 2_000),
      delay: (row % 90) - 20,
      late: row % 90 > 35,
      share: row / 7,
      flights: BigInt(row % 500),
    }
  }
}

async function materialise(hopsworks: Hopsworks): Promise<string> {
  const started = await hopsworks.jobs.start(materialisationJobs(group))
  let outcome = started.outcome
  for await (const now of hopsworks.jobs.follow(started, { periodMs: 200 })) outcome = now.outcome
  const { stdout } = await hopsworks.jobs.logs(started)
  if (outcome !== 'succeeded') throw new Error(`materialisation ${outcome}: ${stdout}`)
  return stdout?.trim().split('\n').at(-1) ?? ''
}

const rounded = (number: number) => Math.round(number).toLocaleString('en')

await withLocalHopsworks(async (server) => {
  const hopsworks = await connectHopsworks({ ...server, ca: server.caPem })
  await hopsworks.featureGroups.getOrCreate(group)
  const writer = await openWriter(hopsworks, group.name, group.version)
  const perSecond: number[] = []
  const perCpuSecond: number[] = []
  console.log(
    '| rows so far | a second | a second of the server | its peak memory | of the producer |\n|---|---|---|---|---|',
  )
  for (let write = 0; write < writes; write += 1) {
    const rows = [...rowsOf(write)]
    const [since, before] = [performance.now(), await processUse(server.pid)]
    const { ingestion } = await writer.write(rows)
    const online = ingestion && (await waitForOnline(hopsworks, ingestion, { periodMs: 10 }))
    if (online?.state !== 'applied') throw new Error(`the online store: ${JSON.stringify(online)}`)
    perSecond.push((rowsPerWrite * 1e3) / (performance.now() - since))
    const after = await processUse(server.pid)
    perCpuSecond.push(rowsPerWrite / (after.cpuSeconds - before.cpuSeconds))
    if ((write + 1) % writesPerJob > 0 && write + 1 < writes) continue
    const said = await materialise(hopsworks)
    const own = process.resourceUsage().maxRSS / 1024
    const [rate, cpuRate] = [perSecond, perCpuSecond].map((rates) => rounded(median(rates.slice(-writesPerJob))))
    const peak = rounded((await processUse(server.pid)).peakMiB)
    console.log(`| ${rounded((write + 1) * rowsPerWrite)} | ${rate} | ${cpuRate} | ${peak} MiB | ${rounded(own)} MiB |`)
    if (write + 1 === writes) console.log(said)
  }
  await writer.close()
  console.log(
    `median: ${rounded(median(perSecond))} rows a second, ${rounded(median(perCpuSecond))} a second of the server`,
  )
})
process.exit()
