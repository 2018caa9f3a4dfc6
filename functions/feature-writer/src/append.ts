import { eventTimeOf, rowFunction, rowValidator } from '@hopline/pipeline'
import type { FeatureGroup } from '@hopline/pipeline'
import type { Appended, Chunk, IngestInput } from '@hopline/workflow'
import type { Log } from './log/log.ts'
import { orderOf } from './log/order.ts'
import type { LogRow } from './log/row.ts'
import type { Objects } from './objects.ts'
import { quarantine } from './quarantine.ts'
import type { RawRow, Source } from './read/source.ts'

const bufferedRows = 250_000
const partsPerChunk = 10_000

interface AppendServices {
  objects: Objects
  source: Source
  group: FeatureGroup
  /** The clocks of a row, one for each window group, in microseconds; null for a row that is in no window. */
  clocksOf: (row: LogRow['values']) => (bigint | null)[]
  log: Log
}

/**
 * Reads a chunk, refuses what is not valid, and appends the rest with its features to the log, one object for each event date.
 * One event in the future would make the windows of all keys run out, and leave the newest days to train on empty.
 */
export const append = async (event: IngestInput & { chunk: Chunk }, services: AppendServices): Promise<Appended> => {
  const { source, group, log, objects } = services
  const { runId, object, chunk } = event
  const validate = rowValidator(group)
  const features = rowFunction(group)
  const eventTime = eventTimeOf(group)
  const order = orderOf(object)
  const latest = BigInt(Date.parse(object.time)) * 1_000n + day
  const refused = quarantine(objects, event, chunk.index)
  const done = { chunk: chunk.index, read: 0, accepted: 0, quarantined: 0 }
  let dates = new Map<string, LogRow[]>()
  let buffered = 0
  let part = 0

  const flush = async () => {
    for (const [date, rows] of dates) {
      const minutes = rows.flatMap(({ values }) => services.clocksOf(values)).flatMap(minuteOf)
      const [clockFrom, clockTo] = minutes.length === 0 ? noClock : rangeOf(minutes)
      const name = { date, clockFrom, clockTo, runId, chunk: chunk.index * partsPerChunk + part }
      await log.append(name, rows)
    }
    dates = new Map()
    buffered = 0
    part += 1
  }

  const take = (raw: RawRow) => {
    if ('broken' in raw) return refused.add({ row: raw.row, ...raw.broken })
    const valid = validate(raw.values)
    if (!valid.ok) {
      const { reason, column, detail } = valid
      return refused.add({ row: raw.row, reason, column, detail, original: raw.values })
    }
    const at = eventTime(valid.row) ?? 0n
    if (at > latest) {
      return refused.add({ row: raw.row, reason: 'in-the-future', detail: inTheFuture(at), original: raw.values })
    }
    const values = features(valid.row)
    const date = dateOf(at)
    const rows = dates.get(date)
    if (rows === undefined) dates.set(date, [{ order, row: raw.row, values }])
    else rows.push({ order, row: raw.row, values })
    done.accepted += 1
    buffered += 1
    return undefined
  }

  for await (const batch of source.rows(chunk)) {
    for (const raw of batch) {
      const refusal = take(raw)
      if (refusal !== undefined) {
        done.quarantined += 1
        await refusal
      }
    }
    done.read += batch.length
    if (buffered >= bufferedRows) await flush()
  }
  await flush()
  await refused.flush()
  return done
}

const minute = 60_000_000n
const noClock = [0, -1] as const // a range without a minute
const minuteOf = (clock: bigint | null) => {
  if (clock === null) return []
  const rest = ((clock % minute) + minute) % minute
  return [Number((clock - rest) / minute)]
}
const rangeOf = (minutes: readonly number[]) =>
  [minutes.reduce((a, b) => Math.min(a, b)), minutes.reduce((a, b) => Math.max(a, b))] as const
const dateOf = (micros: bigint) => new Date(Number(micros / 1_000n)).toISOString().slice(0, 10)

/** Local times that are taken as UTC may be ahead of it, by less than a day. */
const day = 86_400_000_000n
const inTheFuture = (micros: bigint) =>
  `the event is of ${new Date(Number(micros / 1_000n)).toISOString()}, more than a day after the object was written`
