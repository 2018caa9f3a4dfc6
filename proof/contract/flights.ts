import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { AnyPipeline, Value, Values, WindowGroup } from '@hopline/pipeline'
import { clockOf, keyOf, rowFunction, tileEnd, windowTiles } from '@hopline/pipeline'
import { rowsSql, windowsSql } from '@hopline/pipeline/spark'
import { pipelineNamed } from '@hopline/pipelines'
import type { Types } from './parquet.ts'
import { readFolder, writeParquet } from './parquet.ts'
import { acceptedFlights } from './raw-flights.ts'
import { differences, shown } from './same.ts'
import type { Spark } from './spark.ts'

type Say = (text: string) => void

const order = { _order: { type: 'string' }, _row: { type: 'int' } } satisfies Types
/** Rows of two objects, so that the later supersedes the earlier. */
const objectOf = (at: number) => (at % 10 === 0 ? 'a' : 'b')

/** Accepted flights, column by column. */
const accepted = async (pipeline: AnyPipeline, count: number): Promise<Record<string, Value[]>> => {
  const names = Object.keys(pipeline.spine.columns)
  const columns: Record<string, Value[]> = Object.fromEntries(names.map((name) => [name, []]))
  for await (const row of acceptedFlights(pipeline.spine, count)) {
    for (const name of names) columns[name]?.push(row[name] ?? null)
  }
  return columns
}

/** The log in TypeScript: rows by number, and which of them count. */
class Log {
  readonly #columns: Record<string, Value[]>
  readonly #names: readonly string[]
  readonly length: number

  constructor(columns: Record<string, Value[]>) {
    this.#columns = columns
    this.#names = Object.keys(columns)
    this.length = Object.values(columns)[0]?.length ?? 0
  }

  row(at: number): Values {
    const row: Values = {}
    for (const name of this.#names) row[name] = this.#columns[name]?.[at] ?? null
    return row
  }

  /** Numbers of the rows that count: of each key the newest. */
  counting(key: (row: Values) => string): Uint8Array {
    const newest = new Map<string, number>()
    for (let at = 0; at < this.length; at += 1) {
      const name = key(this.row(at))
      const other = newest.get(name)
      const newer =
        other === undefined || objectOf(at) > objectOf(other) || (objectOf(at) === objectOf(other) && at > other)
      if (newer) newest.set(name, at)
    }
    const counts = new Uint8Array(this.length)
    for (const at of newest.values()) counts[at] = 1
    return counts
  }
}

const rowsAgree = async (pipeline: AnyPipeline, log: Log, folder: string): Promise<[number, number]> => {
  const features = rowFunction(pipeline.spine)
  const names = [...Object.keys(pipeline.spine.columns), ...Object.keys(pipeline.spine.features)]
  let [rows, wrong] = [0, 0]
  for await (const spark of readFolder(folder)) {
    const typescript = features(log.row(Number(spark['_row'])))
    rows += 1
    const columns = differences(names, typescript, spark)
    if (columns.length === 0) continue
    wrong += 1
    if (wrong <= 3) console.log(`  DISAGREE in ${columns.join(', ')}: ${shown({ ...typescript })} / ${shown(spark)}`)
  }
  return [rows, wrong + Math.abs(rows - log.length)]
}

/** What TypeScript makes of a log, in the order in which Spark is asked to sort. */
const changes = (group: WindowGroup, log: Log, counts: Uint8Array): Iterable<Values> => {
  const clock = clockOf(group)
  let watermark: bigint | null = null
  let earliest: bigint | null = null
  for (let at = 0; at < log.length; at += 1) {
    const time = clock(log.row(at))
    if (time === null) continue
    if (watermark === null || time > watermark) watermark = time
    if (earliest === null || time < earliest) earliest = time
  }
  const tiles = windowTiles(group, { from: earliest ?? 0n, to: watermark ?? 0n, watermark: watermark ?? 0n })
  for (let at = 0; at < log.length; at += 1) {
    if (counts[at] === 1) tiles.add(log.row(at))
    else tiles.touch(log.row(at))
  }
  return tiles.rows()
}

const windowsAgree = async (group: WindowGroup, log: Log, counts: Uint8Array, folder: string) => {
  const names = [...group.by, tileEnd, ...Object.keys(group.features)]
  const typescript = changes(group, log, counts)[Symbol.iterator]()
  let [rows, wrong] = [0, 0]
  for await (const spark of readFolder(folder)) {
    const next = typescript.next()
    const expected: Values = next.done === true ? {} : next.value
    rows += 1
    const columns = differences(names, expected, spark)
    if (columns.length === 0) continue
    wrong += 1
    if (wrong <= 3) console.log(`  DISAGREE in ${columns.join(', ')}: ${shown(expected)} / ${shown(spark)}`)
  }
  while (typescript.next().done !== true) wrong += 1
  return [rows, wrong] as const
}

/** The example's rows and windows on real flights, duplicates and refused rows included. Number of disagreements. */
export const flightsAgree = async (count: number, spark: Spark, folder: string, say: Say): Promise<number> => {
  const pipeline = pipelineNamed('flight_delays')
  mkdirSync(folder, { recursive: true })
  const columns = await accepted(pipeline, count)
  const log = new Log(columns)
  const types = Object.fromEntries(
    Object.entries(pipeline.spine.columns).map(([name, { kind }]) => [name, { type: kind }]),
  )
  const numbers = Array.from({ length: log.length }, (_, at) => at)
  const file = join(folder, 'accepted.parquet')
  writeParquet(file, { ...types, ...order }, { ...columns, _order: numbers.map(objectOf), _row: numbers })
  await spark.table('accepted', file)
  say(`${log.length.toLocaleString('en-US')} flights are accepted and written for Spark`)

  const rowsFolder = join(folder, 'rows')
  const seconds = await spark.write(rowsSql(pipeline.spine, 'accepted', ['_order', '_row']), rowsFolder)
  const [rows, wrongRows] = await rowsAgree(pipeline, log, rowsFolder)
  say(`rows: ${rows.toLocaleString('en-US')} compared (Spark ${seconds.toFixed(0)} s), ${wrongRows} differ`)

  await spark.table('log', rowsFolder)
  const counts = log.counting(keyOf(pipeline.spine))
  let failures = wrongRows
  for (const group of pipeline.windows) {
    const windowsFolder = join(folder, group.name)
    const sorted = `SELECT * FROM (${windowsSql(group, 'log')}) ORDER BY ${[...group.by, tileEnd].join(', ')}`
    const took = await spark.write(sorted, windowsFolder)
    const [changed, wrong] = await windowsAgree(group, log, counts, windowsFolder)
    say(
      `windows by ${group.name}: ${changed.toLocaleString('en-US')} rows compared (Spark ${took.toFixed(0)} s), ${wrong} differ`,
    )
    failures += wrong
  }
  return failures
}
