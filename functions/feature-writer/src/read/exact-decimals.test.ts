import { expect, test } from '@jest/globals'
import type { SchemaElement } from 'hyparquet'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { decodeLog, encodeLog } from '../log/parquet.ts'
import { parquetSource } from './parquet.ts'

const large = 999_999_999_999_999_999n

test('decimals of a Parquet object are read exactly, however they are stored', async () => {
  const decimal = { converted_type: 'DECIMAL', precision: 18, scale: 2, repetition_type: 'OPTIONAL' } as const
  const schema: SchemaElement[] = [
    { name: 'root', num_children: 4 },
    { name: 'narrow', type: 'INT32', ...decimal, precision: 9 },
    { name: 'wide', type: 'INT64', ...decimal },
    { name: 'fixed', type: 'FIXED_LEN_BYTE_ARRAY', type_length: 8, ...decimal },
    { name: 'day', type: 'INT32', converted_type: 'DATE', repetition_type: 'OPTIONAL' },
  ]
  const columnData = [
    { name: 'narrow', data: [113n, null] },
    { name: 'wide', data: [large, null] },
    { name: 'fixed', data: [-large, null] },
    { name: 'day', data: [new Date('2001-02-03'), null] },
  ]
  const bytes = new Uint8Array(parquetWriteBuffer({ schema, columnData }))
  const range = async (start: number, end: number) => bytes.slice(start, end)
  const columns = columnData.map(({ name }) => ({ name, source: name, type: 'decimal' as const }))
  const source = parquetSource({ size: bytes.byteLength, range }, columns)
  const [chunk] = await source.plan()
  const rows = []
  for await (const batch of source.rows(chunk ?? { index: 0, rowStart: 0, rowEnd: null })) rows.push(...batch)
  expect(rows.map((row) => ('values' in row ? row.values : row))).toEqual([
    { narrow: '113e-2', wide: `${large}e-2`, fixed: `${-large}e-2`, day: new Date('2001-02-03') },
    { narrow: null, wide: null, fixed: null, day: null },
  ])
})

test('the log gives decimals and days back as they were', async () => {
  const columns = [
    { name: 'price', type: 'decimal(18,2)' as const },
    { name: 'day', type: 'date' as const },
  ]
  const rows = [
    { price: large, day: -3 },
    { price: null, day: null },
  ].map((values, row) => ({ order: 'a', row, values }))
  expect(await decodeLog(new Uint8Array(encodeLog(rows, columns)))).toEqual(rows)
})
