import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { parseArgs } from 'node:util'
import { openWriter, waitForOnline } from '@hopline/hopsworks/ingest'
import { connectHopsworks } from '@hopline/hopsworks/management'
import type { GroupDefinition } from '@hopline/hopsworks/management'
import { openVectors } from '@hopline/hopsworks/vectors'
import { Pool } from 'undici'
import * as z from 'zod'
import { withLocalHopsworks } from './local-hopsworks.ts'
import type { LocalHopsworks } from './local-hopsworks.ts'
import { median, quantile } from './median.ts'

/**
 * Feature vectors: requests for each second of the client's CPU, beside a bare undici request with JSON.parse and beside
 * the official SDK's REST client (`--python PROGRAM`, a Python that has `hopsworks[python]`).
 */
const { values } = parseArgs({ options: { rounds: { type: 'string' }, python: { type: 'string' } } })
const rounds = Number(values.rounds ?? 9)
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

const clients = ({ vectors: at, project, readerKey: apiKey, caPem: ca }: LocalHopsworks) => {
  const ours = openVectors({ ...at, project, apiKey, ca })
  const pool = new Pool(`https://${at.host}:${at.port}`, { connect: { ca }, connections: 16 })
  const headers = { 'x-api-key': apiKey, 'content-type': 'application/json' }
  const options = { validatePassedFeatures: false, includeDetailedStatus: true }
  const common = { featureStoreName: project, featureViewName: view, featureViewVersion: 1, options }
  const metadataOptions = { featureName: true, featureType: true }
  const bare = async (path: string, entries: unknown) => {
    const body = JSON.stringify({ ...common, metadataOptions, entries })
    const reply = await pool.request({ method: 'POST', path, headers, body })
    return JSON.parse(await reply.body.text())
  }
  return {
    'this client': (ids: number[]) => {
      const entries = ids.map((id) => ({ id: BigInt(id) }))
      const [entry] = entries
      return ids.length === 1 && entry ? ours.read(view, 1, entry) : ours.readBatch(view, 1, entries)
    },
    'bare undici and JSON.parse': (ids: number[]) => {
      const entries = ids.map((id) => ({ id }))
      return ids.length === 1 ? bare('/0.1.0/feature_store', entries[0]) : bare('/0.1.0/batch_feature_store', entries)
    },
  }
}

async function measure(read: (ids: number[]) => Promise<unknown>, size: number, into: Measured, count: number) {
  const before = process.cpuUsage()
  for (let request = 0; request < count; request += 1) {
    const since = performance.now()
    await read(Array.from({ length: size }, (_, at) => (request * 7 + at) % rows))
    into.latenciesMs.push(performance.now() - since)
  }
  const { user, system } = process.cpuUsage(before)
  into.perCpuSecond.push((count * 1e6) / (user + system))
}

const sdkReply = z.record(z.string(), z.object({ perCpuSecond: z.array(z.number()), latenciesMs: z.array(z.number()) }))

async function sdk(server: LocalHopsworks, python: string) {
  const child = spawn(python, [new URL('vectors-sdk.py', import.meta.url).pathname], {
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  child.stdin.end(JSON.stringify({ ...server, view, rows, rounds, requestsPerRound }))
  return sdkReply.parse(JSON.parse(await text(child.stdout)))
}

await withLocalHopsworks(async (server) => {
  await fill(server)
  const measured = new Map<string, Measured>()
  const of = (name: string, size: number) => {
    const key = `${name} ${size}`
    const found = measured.get(key) ?? { perCpuSecond: [], latenciesMs: [] }
    measured.set(key, found)
    return found
  }
  const reads = Object.entries(clients(server))
  for (const [, read] of reads) {
    for (const size of sizes) await measure(read, size, { perCpuSecond: [], latenciesMs: [] }, 300) // warm
  }
  for (let round = 0; round < rounds; round += 1) {
    for (const size of sizes) {
      for (const [name, read] of reads) await measure(read, size, of(name, size), requestsPerRound[size] ?? 1)
    }
  }
  if (values.python !== undefined) {
    for (const [size, found] of Object.entries(await sdk(server, values.python)))
      measured.set(`official SDK ${size}`, found)
  }
  console.log('| entries | client | requests a CPU second | p50 | p99 |\n|---|---|---|---|---|')
  for (const size of sizes) {
    for (const name of [...reads.map(([name]) => name), 'official SDK']) {
      const found = measured.get(`${name} ${size}`)
      if (!found) continue
      const [p50, p99] = [0.5, 0.99].map((share) => quantile(found.latenciesMs, share).toFixed(2))
      console.log(`| ${size} | ${name} | ${median(found.perCpuSecond).toFixed(0)} | ${p50} ms | ${p99} ms |`)
    }
  }
  const rate = (name: string, size: number) => median(of(name, size).perCpuSecond)
  for (const size of sizes) {
    const ours = rate('this client', size)
    const cost = rate('bare undici and JSON.parse', size) / ours
    const faster = values.python === undefined ? '' : `, ${(ours / rate('official SDK', size)).toFixed(1)} × the SDK`
    console.log(`${size} entries: ${cost.toFixed(2)} × the cost of a bare request${faster}`)
  }
  if (values.python === undefined) console.log('official SDK: not measured; --python names a Python that has it')
})
process.exit()
