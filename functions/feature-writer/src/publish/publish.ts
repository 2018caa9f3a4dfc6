import { clockOf, featureGroupRequests, formatTimestamp, keyOf, watermarkRow } from '@hopline/pipeline'
import type { AnyPipeline } from '@hopline/pipeline'
import type { Appended, Counts, IngestInput, Published } from '@hopline/workflow'
import { LogKeepsGrowing } from '../errors.ts'
import type { Log } from '../log/log.ts'
import { orderOf } from '../log/order.ts'
import type { LogRow } from '../log/row.ts'
import type { Objects } from '../objects.ts'
import { quarantine } from '../quarantine.ts'
import type { Sink } from '../sink.ts'
import { groupWrites } from './group-writes.ts'
import { openLedgers } from './ledgers.ts'
import { logView, readOnce } from './log-view.ts'
import { newestByKey } from './newest.ts'
import { refusals } from './refusals.ts'
import { watermarkOf } from './watermark.ts'
import { windowChanges } from './windows.ts'
import type { TileRange } from './windows.ts'

const maxRounds = 20

export interface PublishServices {
  pipeline: AnyPipeline
  objects: Pick<Objects, 'list' | 'get' | 'put' | 'remove'>
  log: Log
  sink: Sink
}

/**
 * Writes what follows from the run's rows: the newest version of each, the window tiles that they touch, the watermarks.
 * Then looks at the log again, and as long as others have appended meanwhile, writes anew what their rows can have made
 * wrong of it. Whoever appended after the last look sees this run's rows; so any interleaving of runs ends in the same
 * tables, without a lock. Rows that a group cannot hold go to the quarantine.
 */
export const publish = async (
  event: IngestInput & { appended: readonly Appended[] },
  { pipeline, objects: bucket, log, sink }: PublishServices,
): Promise<Published> => {
  await log.commit(event.runId)
  const definitions = featureGroupRequests(pipeline)
  const rowsOf = readOnce(log)
  const rowKey = keyOf(pipeline.spine)
  const newest = new Map<string, LogRow>() // of the keys of this run
  const ranges = new Map<string, TileRange>() // that this run has written
  const ledgers = await openLedgers(bucket, event)
  const writes = groupWrites(sink, ledgers)
  const refused = refusals()
  const refusedRows = new Set<LogRow>() // of this run
  const watermarks = new Map<string, bigint>()
  const order = orderOf(event.object)

  let objects = await log.list()
  let changed = objects.filter(({ runId }) => runId === event.runId)
  for (let rounds = 1; ; rounds += 1) {
    ledgers.see(objects)
    const view = logView(pipeline.spine, objects, rowsOf)
    const changedKeys = new Set((await rowsOf(changed)).map(({ values }) => rowKey(values)))
    const versions = (await view.versionsOf(changed)).filter(({ values }) => changedKeys.has(rowKey(values)))

    const own = newestByKey(versions, rowKey)
    if (rounds > 1) for (const key of own.keys()) if (!newest.has(key)) own.delete(key)
    for (const [key, row] of own) newest.set(key, row)
    const ownRows = [...own.values()]
    for (const refusal of await writes.write(definitions.spine, () => ownRows.map(({ values }) => values))) {
      const logRow = ownRows[refusal.index]
      if (logRow?.order !== order) continue // the run that brought it says so
      refusedRows.add(logRow)
      refused.add(definitions.spine, refusal, logRow.row)
    }

    for (const group of pipeline.windows) {
      const definition = definitions.windows[group.name]
      if (definition === undefined) continue
      const within = rounds === 1 ? undefined : (ranges.get(group.name) ?? noTiles)
      const changes = await windowChanges(group, view, versions, within)
      if (changes === undefined) continue
      for (const refusal of await writes.write(definition, changes.rows)) refused.add(definition, refusal, null)
      if (rounds === 1) ranges.set(group.name, changes.range)
    }
    for (const group of pipeline.windows) {
      const watermark = await watermarkOf(view, clockOf(group))
      if (watermark !== null) watermarks.set(group.name, watermark)
    }
    if (changed.length > 0) {
      const rows = () => [...watermarks].map(([name, at]) => watermarkRow(name, at))
      for (const refusal of await writes.write(definitions.watermarks, rows)) {
        refused.add(definitions.watermarks, refusal, null)
      }
    }

    const seen = await log.list()
    const known = new Set(objects.map(({ key }) => key))
    changed = seen.filter(({ key }) => !known.has(key))
    objects = seen
    if (changed.length === 0) {
      const kept = quarantine(bucket, event, 'publish')
      for (const row of refused.rows()) await kept.add(row)
      await kept.flush()
      await ledgers.forget()
      return {
        counts: countsOf(event, newest.values(), refusedRows),
        rows: Object.fromEntries(writes.rows),
        refused: refused.counts(),
        rounds,
        watermark: latest(watermarks.values()),
        ingestions: writes.ingestions,
      }
    }
    if (rounds === maxRounds) throw new LogKeepsGrowing(`the log grew in each of ${maxRounds} rounds`)
  }
}

const noTiles: TileRange = { from: 1n, to: 0n }

/**
 * read = written + superseded + quarantined: a row is written if it is the newest of its key when the run ends, and the
 * group can hold it.
 */
const countsOf = (
  { appended, object }: IngestInput & { appended: readonly Appended[] },
  newest: Iterable<LogRow>,
  refused: ReadonlySet<LogRow>,
): Counts => {
  const total = (count: 'read' | 'accepted' | 'quarantined') => appended.reduce((sum, chunk) => sum + chunk[count], 0)
  const order = orderOf(object)
  let written = 0
  for (const row of newest) if (row.order === order && !refused.has(row)) written += 1
  return {
    read: total('read'),
    written,
    superseded: total('accepted') - written - refused.size,
    quarantined: total('quarantined') + refused.size,
  }
}

const latest = (watermarks: Iterable<bigint>) => {
  const last = [...watermarks].reduce<bigint | null>((a, b) => (a === null || b > a ? b : a), null)
  return last === null ? null : formatTimestamp(last)
}
