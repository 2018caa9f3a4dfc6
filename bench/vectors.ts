import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { parseArgs } from 'node:util'
import { openWriter, waitForOnline } from '@hopline/hopsworks/ingest'
import { connectHopsworks } from '@hopline/hopsworks/management'
import type { GroupDefinition } from '@hopline/hopsworks/management'
import * as z from 'zod'
import { withLocalHopsworks } from './local-hopsworks.ts'
import type { LocalHopsworks } from './local-hopsworks.ts'
import { median, quantile } from './median.ts'

/**
 * Feature vectors: requests for each second of the client's CPU, beside a bare undici request with JSON.parse and beside
 * the official SDK's REST client (`--python PROGRAM`, a Python that has `hopsworks[python]`).
 */
const { values } = parseArgs({ options: { rounds: { type: 'string' }, python: { type: 'string' } } })
/** The clients take turns, so that a busier machine is so for them all. */
const turns = 3
const roundsPerTurn = Math.ceil(Number(values.rounds ?? 9) / turns)
const sizes = [1, 25, 100] as const
const requestsPerRound: Readonly<Record<number, number>> = { 1: 1_000, 25: 400, 100: 150 }
const rows = 1_000

const group: GroupDefinition = {
  name: 'bench',
  version: 1,
  description: 'Twenty features',
  online: true,
  features: [
    { name: 'id', type: 'bigint', primary: true },
    { name: 'at', type: 'timestamp' },
    ...Array.from({ length: 9 }, (_, at) => ({ name: `share_${at}`, type: 'double' }) as const),
    ...Array.from({ length: 5 }, (_, at) => ({ name: `count_${at}`, type: 'bigint' }) as const),
    ...Array.from(
      { length: 4 },
      (_, at) => ({ name: `text_${at}`, type: 'string', onlineType: 'varchar(20)' }) as const,
    ),
  ],
  eventTime: 'at',
  timeTravelFormat: 'HUDI',
}
const view = 'bench_serving'

async function fill(server: LocalHopsworks) {
  const hopsworks = await connectHopsworks({ ...server, ca: server.caPem })
  const stored = await hopsworks.featureGroups.getOrCreate(group)
  const writer = await openWriter(hopsworks, group.name, 1)
  const { ingestion } = await writer.write(
    Array.from({ length: rows }, (_, id) =>
      Object.fromEntries(
        group.features.map(({ name, type }, at) => {
          if (name === 'id') return [name, BigInt(id)]
          if (type === 'timestamp') return [name, 978_350_400_000_000n]
          if (type === 'double') return [name, (id + at) / 7]
          return [name, type === 'bigint' ? BigInt(id * at) : `text of ${id}`]
        }),
      ),
    ),
  )
  await writer.close()
  if (ingestion) await waitForOnline(hopsworks, ingestion, { periodMs: 50 })
  const features = group.features.flatMap(({ name }) => (name === 'id' ? [] : [name]))
  const left = { group: group.name, features }
  await hopsworks.featureViews.getOrCreate({ name: view, version: 1, label: [], left, joins: [] }, [stored])
}

interface Measured {
  /** For each round. */
  readonly perCpuSecond: number[]
  readonly latenciesMs: number[]
}

const reply = z.record(z.string(), z.object({ perCpuSecond: z.array(z.number()), latenciesMs: z.array(z.number()) }))

const bench = (file: string) => new URL(file, import.meta.url).pathname

/** The clients, each a program that is told what to do by its input, and answers for each number of entries. */
const clients = new Map([
  ['this client', [process.execPath, bench('vectors-client.ts')]],
  ['bare undici and JSON.parse', [process.execPath, bench('vectors-client.ts')]],
  ...(values.python === undefined ? [] : ([['official SDK', [values.python, bench('vectors-sdk.py')]]] as const)),
])

async function measure(server: LocalHopsworks, client: string, [program = '', ...args]: readonly string[]) {
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'ignore'] })
  child.stdin.end(JSON.stringify({ ...server, client, view, rows, rounds: roundsPerTurn, requestsPerRound }))
  return reply.parse(JSON.parse(await text(child.stdout)))
}

await withLocalHopsworks(async (server) => {
  await fill(server)
  const measured = new Map<string, Measured>()
  const of = (client: string, size: number | string) => {
    const key = `${client} ${size}`
    const found = measured.get(key) ?? { perCpuSecond: [], latenciesMs: [] }
    measured.set(key, found)
    return found
  }
  for (let turn = 0; turn < turns; turn += 1) {
    for (const [client, command] of clients) {
      for (const [size, { perCpuSecond, latenciesMs }] of Object.entries(await measure(server, client, command))) {
        of(client, size).perCpuSecond.push(...perCpuSecond)
        of(client, size).latenciesMs.push(...latenciesMs)
      }
    }
  }
  console.log('| entries | client | requests a CPU second | p50 | p99 |\n|---|---|---|---|---|')
  for (const size of sizes) {
    for (const client of clients.keys()) {
      const { perCpuSecond, latenciesMs } = of(client, size)
      const [p50, p99] = [0.5, 0.99].map((share) => quantile(latenciesMs, share).toFixed(2))
      console.log(`| ${size} | ${client} | ${median(perCpuSecond).toFixed(0)} | ${p50} ms | ${p99} ms |`)
    }
  }
  const rate = (client: string, size: number) => median(of(client, size).perCpuSecond)
  for (const size of sizes) {
    const ours = rate('this client', size)
    const cost = rate('bare undici and JSON.parse', size) / ours
    const faster = values.python === undefined ? '' : `, ${(ours / rate('official SDK', size)).toFixed(1)} × the SDK`
    console.log(`${size} entries: ${cost.toFixed(2)} × the cost of a bare request${faster}`)
  }
  if (values.python === undefined) console.log('official SDK: not measured; --python names a Python that has it')
})
process.exit()
