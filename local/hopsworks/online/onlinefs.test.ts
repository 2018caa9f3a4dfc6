import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { airport, F, micros, openProducer, rowEncoder } from '../testing/demo-groups.ts'
import type { Hopsworks } from '../testing/start-process.ts'
import { startProcess, until } from '../testing/start-process.ts'

let state: string
let hopsworks: Hopsworks

beforeAll(async () => {
  state = mkdtempSync(join(tmpdir(), 'local-hopsworks-'))
  hopsworks = await startProcess(state)
}, 30_000)
afterAll(async () => {
  await hopsworks.stop()
  rmSync(state, { recursive: true })
}, 30_000)

const start = micros('2001-01-01T00:00:00Z')

it('loses no acknowledged row and counts none twice when the process is killed', async () => {
  const group = (await hopsworks.rest('POST', `${F}/featuregroups`, airport)).body
  const ingestions = `${F}/featuregroups/${group.id}/online_ingestion`
  const { id } = (await hopsworks.rest('POST', ingestions, { numEntries: null })).body
  const encode = await rowEncoder(hopsworks, group)
  const headers = { onlineIngestionId: String(id) }
  const row = (at: number) => ({
    origin: `A${at % 50}`,
    tile_end: start + BigInt(at),
    flights_3h: BigInt(at),
    delay_3h: null,
  })

  let rows = 0
  for (const life of [1, 2, 3]) {
    const producer = await openProducer(hopsworks)
    for (let batch = 0; batch < 20; batch += 1) {
      const messages = Array.from({ length: 500 }, (_, at) => encode(row(rows + at), headers))
      await producer.send({
        topic: 'demo_onlinefs',
        acks: -1,
        messages: messages.map((message) => ({ ...message, partition: 0 })),
      })
      rows += messages.length
    }
    const ended = once(hopsworks.child, 'exit')
    hopsworks.child.kill('SIGKILL')
    await ended
    await producer.disconnect()
    hopsworks = await startProcess(state, { args: [] })
    expect([life, (await hopsworks.rest('GET', `${F}/featuregroups/${group.id}`)).status]).toEqual([life, 200])
  }

  const counted = await until(
    async () => (await hopsworks.rest('GET', `${ingestions}?filter_by=ID:${id}`)).body.items[0].results,
    ([result]) => result?.rows >= rows,
  )
  expect(counted).toEqual([{ onlineIngestionId: id, status: 'UPSERTED', rows }])
  const view = {
    name: 'airports',
    version: 1,
    query: { leftFeatureGroup: group, leftFeatures: [{ name: 'flights_3h' }], joins: [] },
    features: [],
  }
  await hopsworks.rest('POST', `${F}/featureview`, view)
  const vectors = await hopsworks.vectors('batch_feature_store', {
    featureStoreName: 'demo',
    featureViewName: 'airports',
    featureViewVersion: 1,
    entries: Array.from({ length: 50 }, (_, at) => ({ origin: `A${at}` })),
  })
  expect(vectors.body.features).toEqual(Array.from({ length: 50 }, (_, at) => [rows - 50 + at]))
}, 30_000)
