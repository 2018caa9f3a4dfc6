import { createInterface } from 'node:readline'
import { openVectors } from '@hopline/hopsworks/vectors'
import { Pool } from 'undici'
import * as z from 'zod'

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]()
const next = async (): Promise<unknown> => {
  const { value, done } = await lines.next()
  return done ? undefined : JSON.parse(value)
}
/** One way of reading vectors, in a process of its own: whose garbage is collected, at whose cost, is then no question. */
const given = z
  .object({
    client: z.enum(['this client', 'bare undici and JSON.parse']),
    vectors: z.object({ host: z.string(), port: z.int() }),
    project: z.string(),
    readerKey: z.string(),
    caPem: z.string(),
    view: z.string(),
    rows: z.int(),
  })
  .parse(await next())
const { vectors: at, project, readerKey: apiKey, caPem: ca, view, rows } = given

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
const reads: Readonly<Record<typeof given.client, (ids: number[]) => Promise<unknown>>> = {
  'this client': (ids) => {
    const entries = ids.map((id) => ({ id: BigInt(id) }))
    const [entry] = entries
    return ids.length === 1 && entry ? ours.read(view, 1, entry) : ours.readBatch(view, 1, entries)
  },
  'bare undici and JSON.parse': (ids) => {
    const entries = ids.map((id) => ({ id }))
    return ids.length === 1 ? bare('/0.1.0/feature_store', entries[0]) : bare('/0.1.0/batch_feature_store', entries)
  },
}
const read = reads[given.client]

async function round(size: number, requests: number) {
  const latenciesMs: number[] = []
  const before = process.cpuUsage()
  for (let request = 0; request < requests; request += 1) {
    const since = performance.now()
    await read(Array.from({ length: size }, (_, entry) => (request * 7 + entry) % rows))
    latenciesMs.push(performance.now() - since)
  }
  const { user, system } = process.cpuUsage(before)
  return { cpuSeconds: (user + system) / 1e6, latenciesMs }
}

const ask = z.object({ size: z.int(), requests: z.int() }).optional()
for (let asked = ask.parse(await next()); asked; asked = ask.parse(await next())) {
  console.log(JSON.stringify(await round(asked.size, asked.requests)))
}
process.exit()
