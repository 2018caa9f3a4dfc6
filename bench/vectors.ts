import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
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
/** In each round every client is asked, so that a busier machine is so for them all. */
const rounds = Number(values.rounds ?? 40)
const sizes = [1, 25, 100] as const
const requestsPerRound = { 1: 400, 25: 200, 100: 100 } as const
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

const bench = (file: string) => new URL(file, import.meta.url).pathname

/** A client is a program that is told where the server is, and then, line by line, how much to read. */
const programs: readonly (readonly [client: string, program: readonly string[], roundsToWarm: number])[] = [
  // V8 compiles for more than ten thousand requests; a predictor that serves has long done that
  ['this client', [process.execPath, bench('vectors-client.ts')], 35],
  ['bare undici and JSON.parse', [process.execPath, bench('vectors-client.ts')], 35],
  ...(values.python === undefined ? [] : ([['official SDK', [values.python, bench('vectors-sdk.py')], 1]] as const)),
]

const reply = z.object({ cpuSeconds: z.number(), latenciesMs: z.array(z.number()) })

function start(server: LocalHopsworks, client: string, [program = '', ...args]: readonly string[]) {
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'ignore'] })
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const tell = (what: object) => child.stdin.write(`${JSON.stringify(what)}\n`)
  tell({ ...server, client, view, rows })
  return {
    async read(size: number, requests: number) {
      tell({ size, requests })
      const { value, done } = await answers.next()
      if (done) throw new Error(`${client} ended`)
      return reply.parse(JSON.parse(value))
    },
    end: () => child.stdin.end(),
  }
}

/** Of one client, for one number of entries. */
interface Measured {
  /** For each round. */
  readonly perCpuSecond: number[]
  readonly latenciesMs: number[]
}

await withLocalHopsworks(async (server) => {
  await fill(server)
  const clients = programs.map(([name, program, roundsToWarm]) => ({
    ...start(server, name, program),
    name,
    roundsToWarm,
  }))
  const summary: string[] = []
  console.log('| entries | client | requests a CPU second | p50 | p99 |\n|---|---|---|---|---|')
  for (const size of sizes) {
    const requests = requestsPerRound[size]
    const measured = new Map<string, Measured>(clients.map(({ name }) => [name, { perCpuSecond: [], latenciesMs: [] }]))
    for (const client of clients) await client.read(size, requests * client.roundsToWarm)
    for (let round = 0; round < rounds; round += 1) {
      for (const client of clients) {
        const { cpuSeconds, latenciesMs } = await client.read(size, requests)
        measured.get(client.name)?.perCpuSecond.push(requests / cpuSeconds)
        measured.get(client.name)?.latenciesMs.push(...latenciesMs)
      }
    }
    for (const [name, { perCpuSecond, latenciesMs }] of measured) {
      const [p50, p99] = [0.5, 0.99].map((share) => quantile(latenciesMs, share).toFixed(2))
      console.log(`| ${size} | ${name} | ${median(perCpuSecond).toFixed(0)} | ${p50} ms | ${p99} ms |`)
    }
    const ours = measured.get('this client')?.perCpuSecond ?? []
    /** The median of what the rounds say, each of which saw the same machine. */
    const ratio = (name: string) =>
      median(ours.map((rate, round) => rate / (measured.get(name)?.perCpuSecond[round] ?? Number.NaN)))
    const cost = 1 / ratio('bare undici and JSON.parse')
    const faster = values.python === undefined ? '' : `, ${ratio('official SDK').toFixed(1)} × the SDK`
    summary.push(`${size} entries: ${cost.toFixed(2)} × the cost of a bare request${faster}`)
  }
  console.log(summary.join('\n'))
  if (values.python === undefined) console.log('official SDK: not measured; --python names a Python that has it')
  for (const { end } of clients) end()
})
process.exit()
