import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { parseArgs } from 'node:util'
import { csvSource } from '@hopline/feature-writer/csv'
import { openWriter } from '@hopline/hopsworks/ingest'
import type { Values, WriterSource } from '@hopline/hopsworks/ingest'
import { avroSchema, columnsOf, featureGroupRequests, rowFunction, rowValidator } from '@hopline/pipeline'
import { pipelines } from '@hopline/pipelines'
import * as z from 'zod'
import { withKafkaBroker } from './kafka-broker.ts'
import type { KafkaBroker } from './kafka-broker.ts'
import { withLocalHopsworks } from './local-hopsworks.ts'
import { median } from './median.ts'

/**
 * Rows a second into a real Kafka broker, acks=all: from memory, the same over mutual TLS, and from CSV through
 * validation and features; beside the official SDK's `insert` (`--python PROGRAM`, a Python that has `hopsworks[python]`).
 */
const { values } = parseArgs({
  options: { rounds: { type: 'string' }, rows: { type: 'string' }, python: { type: 'string' } },
})
const rounds = Number(values.rounds ?? 7)
const count = Number(values.rows ?? 200_000)

const [pipeline] = pipelines
if (!pipeline) throw new Error('there is no pipeline')
const group = featureGroupRequests(pipeline).spine
const validate = rowValidator(pipeline.spine)
const features = rowFunction(pipeline.spine)

const airports = ['ORD', 'LAX', 'DEN', 'SFO', 'ATL', 'JFK', 'SEA', 'BOS', 'MIA', 'PHX', 'DFW', 'IAH']
const first = Date.parse('2001-01-01T00:00:00Z')

/** Flights as in the data set of the example: a minute apart, each pair of airports in turn. */
function* csvLines(): Generator<string> {
  yield 'date,delay,distance,origin,destination\n'
  for (let at = 0; at < count; at += 1) {
    const date = new Date(first + at * 60_000).toISOString().slice(0, 19)
    const [origin, destination] = [airports[at % 12], airports[(at + 1 + (at % 11)) % 12]]
    yield `${date},${(at % 90) - 20},${200 + (at % 2_000)},${origin},${destination}\n`
  }
}
const csv = new Uint8Array(Buffer.from([...csvLines()].join('')))
const bytes = { size: csv.length, range: async (start: number, end: number) => csv.slice(start, end) }
const columns = columnsOf(pipeline.spine).map(({ source }) => source)

/** As feature-writer reads, validates and computes them. */
async function* rowsOfCsv(): AsyncGenerator<Values[]> {
  for await (const batch of csvSource(bytes, columns).rows({ index: 0, rowStart: 0, rowEnd: null })) {
    yield batch.map((raw) => {
      if ('broken' in raw) throw new Error(`row refused: ${raw.broken.detail}`)
      const valid = validate(raw.values)
      if (!valid.ok) throw new Error(`row refused: ${valid.detail}`)
      return features(valid.row)
    })
  }
}

const sourceOf = (broker: KafkaBroker, mutualTls: boolean): WriterSource => ({
  projectId: 119,
  server: async () => ({ version: '5.2.1', heedsRowHeaders: true }),
  featureGroups: {
    get: async (name, version) => ({
      id: 1001,
      name,
      version,
      featurestoreId: 67,
      onlineEnabled: false,
      onlineTopicName: 'bench',
      eventTime: group.eventTime,
      features: group.features.map(({ name, type, primary = false }) => ({ name, type, primary })),
    }),
  },
  subjects: { latest: async () => ({ id: 1025, version: 1, schema: JSON.stringify(avroSchema(group)) }) },
  kafkaConnector: async () => ({
    bootstrapServers: [mutualTls ? broker.tls : broker.plain],
    securityProtocol: mutualTls ? 'SSL' : 'PLAINTEXT',
    sslEndpointIdentificationAlgorithm: '',
    externalKafka: false,
    options: [],
  }),
  credentials: async () => broker,
  onlineIngestions: { start: async (_group, rows) => ({ id: 7, rows, done: 0, failed: 0 }) },
})

interface Rate {
  readonly perSecond: number[]
  readonly perCpuSecond: number[]
}

async function measure(work: () => Promise<unknown>, into: Rate) {
  const [since, before] = [performance.now(), process.cpuUsage()]
  await work()
  const { user, system } = process.cpuUsage(before)
  into.perSecond.push((count * 1e3) / (performance.now() - since))
  into.perCpuSecond.push((count * 1e6) / (user + system))
}

const sdkReply = z.object({ perSecond: z.array(z.number()), perCpuSecond: z.array(z.number()) })

async function sdk(python: string): Promise<Rate> {
  let found: Rate = { perSecond: [], perCpuSecond: [] }
  await withLocalHopsworks(async (server) => {
    const script = new URL('ingest-sdk.py', import.meta.url).pathname
    const child = spawn(python, [script], { stdio: ['pipe', 'pipe', 'ignore'] })
    child.stdin.end(JSON.stringify({ ...server, rounds: Math.min(rounds, 3), rows: Math.min(count, 50_000) }))
    found = sdkReply.parse(JSON.parse(await text(child.stdout)))
  })
  return found
}

const rounded = (numbers: readonly number[]) => Math.round(median(numbers)).toLocaleString('en')

await withKafkaBroker(async (broker) => {
  const memory: Values[] = []
  for await (const batch of rowsOfCsv()) memory.push(...batch)
  const plain = await openWriter(sourceOf(broker, false), group.name, 1)
  const secure = await openWriter(sourceOf(broker, true), group.name, 1)
  const ways: Readonly<Record<string, () => Promise<unknown>>> = {
    'from memory': () => plain.write(memory),
    'from memory, mutual TLS': () => secure.write(memory),
    'from CSV, validated, with features': () => plain.write(rowsOfCsv()),
  }
  const rates = new Map<string, Rate>(Object.keys(ways).map((name) => [name, { perSecond: [], perCpuSecond: [] }]))
  for (const work of Object.values(ways)) await work() // warm
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, rate] of rates) await measure(ways[name] ?? (async () => {}), rate)
  }
  await Promise.all([plain.close(), secure.close()])
  if (values.python !== undefined) rates.set("official SDK's insert", await sdk(values.python))

  console.log('| rows | a second | a second of CPU |\n|---|---|---|')
  for (const [name, { perSecond, perCpuSecond }] of rates) {
    console.log(`| ${name} | ${rounded(perSecond)} | ${rounded(perCpuSecond)} |`)
  }
  const official = rates.get("official SDK's insert")
  const fromCsv = rates.get('from CSV, validated, with features')
  if (official && fromCsv) {
    const ratio = (of: keyof Rate) => (median(fromCsv[of]) / median(official[of])).toFixed(1)
    console.log(`from CSV: ${ratio('perSecond')} × the SDK's insert, ${ratio('perCpuSecond')} × by CPU`)
  } else console.log('official SDK: not measured; --python names a Python that has it')
})
process.exit()
