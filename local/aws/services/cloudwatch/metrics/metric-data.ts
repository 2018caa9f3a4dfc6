import { setTimeout as wait } from 'node:timers/promises'
import { perPlatform } from '../../../core/per-platform.ts'
import type { Metric, Unit } from './metric.ts'
import { metricId } from './metric.ts'
import type { Summary } from './summary.ts'
import { merged } from './summary.ts'

/** What is put about one metric. */
export interface Datum extends Metric {
  /** Milliseconds since 1970. */
  readonly at: number
  readonly unit: Unit
  readonly summary: Summary
}

/** A metric as ListMetrics knows it. */
export interface KnownMetric extends Metric {
  readonly lastAt: number
}

interface Stretch {
  readonly start: number
  readonly unit: Unit
  readonly summary: Summary
}

/** Data are kept second by second, so that a paced platform's short minutes have some. */
const stretchMs = 1000
const writeAfterMs = 1000
const digits = 15

/** The data of a platform's metrics. What was put a moment ago is in memory, and is written before anything is read. */
export const metricData = perPlatform(({ store, onClose, log }) => {
  const stretches = store.table<Stretch>('cloudwatch.data')
  const metrics = store.table<KnownMetric>('cloudwatch.metrics')
  const waiting = new Map<string, { id: string; metric: Metric; stretch: Stretch }>()
  let writing: Promise<void> | undefined

  const write = () => {
    const now = [...waiting.entries()]
    waiting.clear()
    if (now.length === 0) return
    store.transaction(() => {
      for (const [key, { id, metric, stretch }] of now) {
        const known = stretches.get(key)
        stretches.put(key, known ? { ...stretch, summary: merged(known.summary, stretch.summary) } : stretch)
        const lastAt = Math.max(stretch.start, metrics.get(id)?.lastAt ?? 0)
        metrics.put(id, { ...metric, lastAt })
      }
    })
  }
  onClose(write)

  return {
    put: ({ at, unit, summary, Namespace, MetricName, Dimensions }: Datum) => {
      const metric = { Namespace, MetricName, Dimensions }
      const id = metricId(metric)
      const start = Math.floor(at / stretchMs) * stretchMs
      const key = `${id}\0${String(start).padStart(digits, '0')}\0${unit}`
      const known = waiting.get(key)
      const stretch = { start, unit, summary: known ? merged(known.stretch.summary, summary) : summary }
      waiting.set(key, { id, metric, stretch })
      writing ??= wait(writeAfterMs, undefined, { ref: false }).then(() => {
        writing = undefined
        try {
          write()
        } catch (error) {
          log('cloudwatch', 'metric data are lost', { error: String(error) }) // the store is closed
        }
      })
    },
    /** The summaries of a metric by periods from `start` (inclusive) to `end` (exclusive), those that have data. */
    read: (metric: Metric, { start, end, periodMs, unit }: Range) => {
      write()
      const prefix = `${metricId(metric)}\0`
      const periods = new Map<number, { unit: Unit; summary: Summary }>()
      const after = `${prefix}${String(Math.max(0, start - 1)).padStart(digits, '0')}\0~`
      for (const { value } of stretches.list({ prefix, after })) {
        if (value.start >= end) break
        if (unit !== undefined && value.unit !== unit) continue
        const period = start + Math.floor((value.start - start) / periodMs) * periodMs
        const known = periods.get(period)
        const summary = known ? merged(known.summary, value.summary) : value.summary
        periods.set(period, { unit: value.unit, summary })
      }
      return [...periods].map(([start, found]) => ({ start, ...found }))
    },
    metrics: () => {
      write()
      return metrics.list().map(({ value }) => value)
    },
  }
})

export interface Range {
  readonly start: number
  readonly end: number
  readonly periodMs: number
  readonly unit?: Unit | undefined
}
