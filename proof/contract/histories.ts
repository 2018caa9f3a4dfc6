import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Type, Values } from '@hopline/pipeline'
import { tileEnd, windowTiles } from '@hopline/pipeline'
import { rowsSql, windowsSql } from '@hopline/pipeline/spark'
import { busy, hour, visit, visits } from '@hopline/pipeline/test-support/visits'
import fc from 'fast-check'
import { readFolder, writeParquet } from './parquet.ts'
import { differences, shown } from './same.ts'
import type { Spark } from './spark.ts'

interface LogRow extends Values {
  id: number
  _order: string
  _row: number
}

/** A log of random visits: each history has places and ids of its own, repeated rows come in any order. */
const logOf = (histories: number, seed: number): LogRow[] => {
  const written = fc.tuple(visit, fc.constantFrom('a', 'b', 'c'))
  const sampled = fc.sample(fc.array(written, { maxLength: 30, size: 'max' }), { seed, numRuns: histories })
  return sampled.flatMap((rows, history) =>
    rows.map(([row, _order], _row) => ({
      ...row,
      id: history * 100 + row.id,
      place: `${row.place}${history}`,
      _order,
      _row,
    })),
  )
}

const isNewer = (a: LogRow, b: LogRow) => a._order > b._order || (a._order === b._order && a._row > b._row)

const changes = (log: readonly LogRow[]): Map<string, Values> => {
  const newest = new Map<number, LogRow>()
  for (const row of log) {
    const other = newest.get(row.id)
    if (other === undefined || isNewer(row, other)) newest.set(row.id, row)
  }
  const clocks = log.flatMap(({ at }) => (typeof at === 'bigint' ? [at] : []))
  const watermark = clocks.reduce((a, b) => (a > b ? a : b))
  const tiles = windowTiles(busy, { from: -100n * hour, to: watermark, watermark })
  for (const row of log) {
    if (newest.get(row.id) === row) tiles.add(row)
    else tiles.touch(row)
  }
  return new Map([...tiles.rows()].map((row) => [nameOf(row), row]))
}

const nameOf = (row: Values) => [...busy.by, tileEnd].map((name) => String(row[name])).join(' ')

/** Every aggregate over random histories with late and repeated rows. Number of disagreements. */
export const historiesAgree = async (
  { histories, seed }: { histories: number; seed: number },
  spark: Spark,
  folder: string,
  say: (text: string) => void,
): Promise<number> => {
  mkdirSync(folder, { recursive: true })
  const log = logOf(histories, seed)
  const own = Object.entries(visits.columns).map(([name, { kind }]): [string, Type] => [
    name,
    kind === 'decimal' ? { type: kind, scale: 2 } : { type: kind },
  ])
  const types = Object.fromEntries([...own, ['_order', { type: 'string' }], ['_row', { type: 'int' }]] satisfies [
    string,
    Type,
  ][])
  const file = join(folder, 'visits.parquet')
  const columns = Object.fromEntries(Object.keys(types).map((name) => [name, log.map((row) => row[name] ?? null)]))
  writeParquet(file, types, columns)
  await spark.table('visited', file)
  await spark.view('visits', rowsSql(visits, 'visited', ['_order', '_row']))
  await spark.write(windowsSql(busy, 'visits'), join(folder, 'windows'))

  const expected = changes(log)
  const names = [...busy.by, tileEnd, ...Object.keys(busy.features)]
  let [rows, wrong] = [0, 0]
  for await (const row of readFolder(join(folder, 'windows'))) {
    const typescript = expected.get(nameOf(row)) ?? {}
    expected.delete(nameOf(row))
    rows += 1
    const columns = differences(names, typescript, row)
    if (columns.length === 0) continue
    wrong += 1
    if (wrong <= 3) say(`  DISAGREE in ${columns.join(', ')}: ${shown(typescript)} / ${shown(row)}`)
  }
  wrong += expected.size
  say(
    `windows of ${log.length.toLocaleString('en-US')} random visits in ${histories} histories: ${rows.toLocaleString('en-US')} rows compared, ${wrong} differ`,
  )
  return wrong
}
