import { clockOf, featureGroupRequests, formatTimestamp, keyOf, watermarkRow } from '@hopline/pipeline'
import type { AnyPipeline, GroupDefinition, Values } from '@hopline/pipeline'
import type { Appended, Counts, IngestInput, Ingestion, Published } from '@hopline/workflow'
import { LogKeepsGrowing } from '../errors.ts'
import type { Log } from '../log/log.ts'
import { orderOf } from '../log/order.ts'
import type { LogRow } from '../log/row.ts'
import type { Sink } from '../sink.ts'
import { logView, readOnce } from './log-view.ts'
import { newestByKey } from './newest.ts'
import { watermarkOf } from './watermark.ts'
import { windowChanges } from './windows.ts'
import type { TileRange } from './windows.ts'

const maxRounds = 20

export interface PublishServices {
  pipeline: AnyPipeline
  log: Log
  sink: Sink
}

/**
 * Writes what follows from the run's rows: the newest version of each, the window tiles that they touch, the watermarks.
 * Then looks at the log again, and as long as others have appended meanwhile, writes anew what their rows can have made
 * wrong of it. Whoever appended after the last look sees this run's rows; so any interleaving of runs ends in the same
 * tables, without a lock.
 */
export const publish = async (
  event: IngestInput & { appended: readonly Appended[] },
  { pipeline, log, sink }: PublishServices,
): Promise<Published> => {
  await log.commit(event.runId)
  const definitions = featureGroupRequests(pipeline)
  const rowsOf = readOnce(log)
  const rowKey = keyOf(pipeline.spine)
  const newest = new Map<string, LogRow>() // of the keys of this run
  const ranges = new Map<string, TileRange>() // that this run has written
  const written = new Map<string, number>()
  const ingestions: Ingestion[] = []
  const watermarks = new Map<string, bigint>()

  const write = async (definition: GroupDefinition, rows: Iterable<Values>) => {
    const result = await sink.write(definition, rows)
    written.set(definition.name, (written.get(definition.name) ?? 0) + result.rows)
    if (result.ingestion !== null) ingestions.push(result.ingestion)
  }

  let objects = await log.list()
  let changed = objects.filter(({ runId }) => runId === event.runId)
  for (let rounds = 1; ; rounds += 1) {
    const view = logView(pipeline.spine, objects, rowsOf)
    const changedKeys = new Set((await rowsOf(changed)).map(({ values }) => rowKey(values)))
    const versions = (await view.versionsOf(changed)).filter(({ values }) => changedKeys.has(rowKey(values)))

    const own = newestByKey(versions, rowKey)
    if (rounds > 1) for (const key of own.keys()) if (!newest.has(key)) own.delete(key)
    for (const [key, row] of own) newest.set(key, row)
    await write(definitions.spine, valuesOf(own.values()))

    for (const group of pipeline.windows) {
      const definition = definitions.windows[group.name]
      if (definition === undefined) continue
      const within = rounds === 1 ? undefined : (ranges.get(group.name) ?? noTiles)
      const changes = await windowChanges(group, view, versions, within)
      if (changes === undefined) continue
      await write(definition, changes.rows)
      if (rounds === 1) ranges.set(group.name, changes.range)
    }
    for (const group of pipeline.windows) {
      const watermark = await watermarkOf(view, clockOf(group))
      if (watermark !== null) watermarks.set(group.name, watermark)
    }
    if (changed.length > 0) {
      await write(
        definitions.watermarks,
        [...watermarks].map(([name, at]) => watermarkRow(name, at)),
      )
    }

    const seen = await log.list()
    const known = new Set(objects.map(({ key }) => key))
    changed = seen.filter(({ key }) => !known.has(key))
    objects = seen
    if (changed.length === 0) {
      const counts = countsOf(event, newest.values())
      return { counts, rows: Object.fromEntries(written), rounds, watermark: latest(watermarks.values()), ingestions }
    }
    if (rounds === maxRounds) throw new LogKeepsGrowing(`the log grew in each of ${maxRounds} rounds`)
  }
}

const noTiles: TileRange = { from: 1n, to: 0n }

function* valuesOf(rows: Iterable<LogRow>) {
  for (const { values } of rows) yield values
}

/** read = written + superseded + quarantined: a row is written if it is the newest of its key when the run ends. */
const countsOf = (
  { appended, object }: IngestInput & { appended: readonly Appended[] },
  newest: Iterable<LogRow>,
): Counts => {
  const total = (count: 'read' | 'accepted' | 'quarantined') => appended.reduce((sum, chunk) => sum + chunk[count], 0)
  const order = orderOf(object)
  let written = 0
  for (const row of newest) if (row.order === order) written += 1
  return { read: total('read'), written, superseded: total('accepted') - written, quarantined: total('quarantined') }
}

const latest = (watermarks: Iterable<bigint>) => {
  const last = [...watermarks].reduce<bigint | null>((a, b) => (a === null || b > a ? b : a), null)
  return last === null ? null : formatTimestamp(last)
}
