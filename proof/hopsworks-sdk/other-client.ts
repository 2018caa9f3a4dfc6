import { readFileSync } from 'node:fs'
import { json } from 'node:stream/consumers'
import { openWriter } from '@hopline/hopsworks/ingest'
import { connectHopsworks } from '@hopline/hopsworks/management'
import { openVectors } from '@hopline/hopsworks/vectors'

/** Hopline's client on a group of the SDK: reads its rows, writes them anew with other values, reads them again. */
const given: {
  url: string
  project: string
  apiKey: string
  ca: string
  vectors: { host: string; port: number }
  group: string
  view: string
  pairs: [string, string][]
} = JSON.parse(JSON.stringify(await json(process.stdin)))

const ca = readFileSync(given.ca, 'utf8')
const hopsworks = await connectHopsworks({ ...given, ca })
const writer = await openWriter(hopsworks, given.group, 1)
const vectors = openVectors({ ...given.vectors, apiKey: given.apiKey, project: given.project, ca })

const read = async () => {
  const entries = given.pairs.map(([origin, destination]) => ({ origin, destination }))
  const found = await vectors.readBatch(given.view, 1, entries)
  return found.map(({ values }) => Number(values['flights']))
}

const before = await read()
const noon = 978_350_400_000_000n // 2001-01-01T12:00:00Z, later than what is there
const { ingestion } = await writer.write(
  given.pairs.map(([origin, destination], at) => ({
    origin,
    destination,
    tile_end: noon,
    flights: 1_000n + BigInt(at),
  })),
)
if (!ingestion) throw new Error('the group is not online')
for (let done = 0; done < ingestion.rows;)
  done = (await hopsworks.onlineIngestions.get(ingestion.featureGroupId, ingestion.id))?.done ?? 0
process.stdout.write(JSON.stringify({ before, after: await read() }))
await writer.close()
await vectors.close()
