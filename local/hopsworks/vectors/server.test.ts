import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { airport, F, flights } from '../testing/demo-groups.ts'
import type { Hopsworks } from '../testing/start-process.ts'
import { startProcess } from '../testing/start-process.ts'

let state: string
let hopsworks: Hopsworks

const request = { featureStoreName: 'demo', featureViewName: 'airports', featureViewVersion: 1 }
const one = { ...request, entries: { origin: 'ORD' }, passedFeatures: null }
const batch = { ...request, entries: [{ origin: 'ORD' }, { origin: 'DFW' }], passedFeatures: [] }

const viewOf = (name: string, group: object, feature: string) => ({
  name,
  version: 1,
  query: { leftFeatureGroup: group, leftFeatures: [{ name: feature }], joins: [] },
  features: [],
})

beforeAll(async () => {
  state = mkdtempSync(join(tmpdir(), 'local-hopsworks-'))
  hopsworks = await startProcess(state)
  for (const [definition, name, feature] of [
    [airport, 'airports', 'flights_3h'],
    [flights, 'offline', 'distance'],
  ] as const) {
    const group = (await hopsworks.rest('POST', `${F}/featuregroups`, definition)).body
    await hopsworks.rest('POST', `${F}/featureview`, viewOf(name, group, feature))
  }
}, 30_000)
afterAll(async () => {
  await hopsworks.stop()
  rmSync(state, { recursive: true })
}, 30_000)

describe('the feature server refuses', () => {
  it.each([
    ['an unknown view', { featureViewName: 'nope' }, 404, 1],
    ['an unknown version', { featureViewVersion: 2 }, 404, 1],
    ['an unknown feature store', { featureStoreName: 'nope' }, 404, 2],
    ['a feature store of another project', { featureStoreName: 'other' }, 401, 17],
    ['passed features of another type', { passedFeatures: { flights_3h: 'many' } }, 415, 10],
    ['passed features that are not there', { passedFeatures: { nope: 1 } }, 404, 11],
    ['an unknown key', { entries: { id: 1 } }, 400, 12],
    ['a key that is null', { entries: { origin: null } }, 400, 12],
    ['a view that is not online', { featureViewName: 'offline' }, 500, 14],
    ['no key', { entries: {} }, 400, 15],
    ['entries that are no object', { entries: 3 }, 400, 18],
  ])('%s', async (_, change, status, code) => {
    const reply = await hopsworks.vectors('feature_store', { ...one, ...change })
    expect(reply).toEqual({ status, body: { code, reason: expect.any(String), message: expect.any(String) } })
  })

  it.each([
    ['no entries', { entries: [] }],
    ['passed features of another number', { passedFeatures: [{}] }],
  ])('a batch with %s', async (_, change) => {
    expect(await hopsworks.vectors('batch_feature_store', { ...batch, ...change })).toMatchObject({
      status: 400,
      body: { code: 18 },
    })
  })

  it.each([
    [null, 400, 'the apikey is nil'],
    ['short', 400, 'the apikey has an incorrect format'],
    ['ABCDEFGHIJKLMNOP.wrong', 401, 'unauthorized: bad API key - not found in database'],
  ])('the key %s, in plain text', async (key, status, body) => {
    expect(await hopsworks.vectors('feature_store', one, key)).toEqual({ status, body })
  })

  it('a request that it does not know', async () => {
    expect(await hopsworks.vectors('demo/airport_1/pk-read', {})).toMatchObject({ status: 404 })
  })
})

it('stays up and never blames itself, whatever it is asked', async () => {
  const anything = fc.oneof(fc.jsonValue(), fc.constantFrom('\0', '__proto__', 2 ** 53, -0.5, 'a'.repeat(10_000)))
  const entry = fc.dictionary(fc.constantFrom('origin', 'tile_end', '__proto__', 'id'), anything)
  const asked = fc.oneof(
    fc.tuple(
      fc.constant('feature_store'),
      entry.map((entries) => ({ ...one, entries })),
    ),
    fc.tuple(
      fc.constant('feature_store'),
      entry.map((passedFeatures) => ({ ...one, passedFeatures })),
    ),
    fc.tuple(
      fc.constant('batch_feature_store'),
      fc.array(entry).map((entries) => ({ ...batch, entries })),
    ),
    fc.tuple(fc.constantFrom('feature_store', 'batch_feature_store'), anything),
  )
  await fc.assert(
    fc.asyncProperty(asked, async ([path, body]) => {
      const { status, body: answer } = await hopsworks.vectors(path, JSON.stringify(body))
      expect(status === 200 || typeof answer.code === 'number').toBe(true)
      expect(status).toBeLessThan(500)
    }),
    { numRuns: 400 },
  )
}, 30_000)
