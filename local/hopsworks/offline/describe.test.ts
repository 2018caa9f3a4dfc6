import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { describe } from './describe.ts'
import { OfflineStore } from './offline-store.ts'

let folder: string
let store: OfflineStore
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'describe-'))
  store = new OfflineStore(join(folder, 'offline.duckdb'))
})
afterAll(() => {
  store.close()
  rmSync(folder, { recursive: true })
})

const of = async (type: string, duckdb: string, values: string[]) => {
  await store.run(`CREATE OR REPLACE TEMP TABLE described (x ${duckdb})`)
  if (values.length > 0) await store.run(`INSERT INTO described VALUES ${values.map((value) => `(${value})`).join()}`)
  return (await describe(store, 'described', [{ name: 'x', type }]))[0]
}

it.each([
  ['double', 'DOUBLE', ['1', '2.5', '4', 'NULL'], { count: 4, numNullValues: 1, mean: 2.5, stdDev: 1.5, sum: 7.5 }],
  ['double', 'DOUBLE', ["'nan'", "'inf'", '1'], { count: 3, numNonNullValues: 3, min: 1, max: 1, mean: 1 }],
  ['double', 'DOUBLE', ['1.7e308', '-1.7e308'], { min: -1.7e308, max: 1.7e308, mean: 0, sum: 0, stdDev: null }],
  ['double', 'DOUBLE', ['0', '0'], { min: 0, max: 0, mean: 0, stdDev: 0 }],
  ['bigint', 'BIGINT', ['9223372036854775807', '9223372036854775807'], { max: 2 ** 63, sum: 2 ** 64, stdDev: 0 }],
  ['decimal(10,2)', 'DECIMAL(10,2)', ['12.34'], { featureType: 'Fractional', mean: 12.34, stdDev: null }],
  ['int', 'INTEGER', ['NULL'], { min: null, sum: null, percentiles: null, completeness: 0 }],
  ['int', 'INTEGER', [], { count: 0, completeness: null, mean: null }],
  ['string', 'VARCHAR', ["'a'", "'a'"], { featureType: 'String', approxNumDistinctValues: 1, mean: null }],
  ['boolean', 'BOOLEAN', ['true', 'NULL'], { featureType: 'Boolean', completeness: 0.5 }],
  ['array<int>', 'INTEGER[]', ['[1]', '[]', 'NULL'], { featureType: 'Unknown', numNullValues: 1 }],
])('statistics of %s, as %s, of %j', async (type, duckdb, values, wanted) => {
  expect(await of(type, duckdb, values)).toMatchObject({ featureName: 'x', ...wanted })
})

it('the percentiles go from the first to the hundredth', async () => {
  const values = Array.from({ length: 101 }, (_, at) => String(at))
  expect((await of('int', 'INTEGER', values))?.percentiles).toEqual(
    values.slice(1).map((value) => expect.closeTo(Number(value), 9)),
  )
})
