import * as z from 'zod'
import { HopsworksUnexpectedReply } from '../errors.ts'
import type { Http } from './http.ts'
import { ifFound } from './if-found.ts'
import { job } from './jobs.ts'
import type { Execution, Jobs } from './jobs.ts'

const figure = z
  .number()
  .nullish()
  .transform((value) => value ?? null)

const featureStatistics = z.object({
  featureName: z.string(),
  /** Of the statistics' own types, e.g. `Fractional`, `Integral`, `String`, `Boolean`. */
  featureType: z.string().nullish(),
  /** Rows. */
  count: figure,
  numNonNullValues: figure,
  numNullValues: figure,
  /** Share of the rows that are not null. */
  completeness: figure,
  min: figure,
  max: figure,
  sum: figure,
  mean: figure,
  stdDev: figure,
  approxNumDistinctValues: figure,
  /** The first percentile to the hundredth. */
  percentiles: z.array(z.number()).nullish(),
})

/** What Hopsworks has computed of one feature; null where it does not apply. */
export type FeatureStatistics = z.output<typeof featureStatistics>

const features = z
  .array(featureStatistics)
  .nullish()
  .transform((list) => list ?? [])

const statisticsSchema = z.object({
  /** Milliseconds since 1970. */
  computationTime: z.number(),
  featureDescriptiveStatistics: features,
  splitStatistics: z
    .array(z.object({ name: z.string(), featureDescriptiveStatistics: features }))
    .nullish()
    .transform((splits) => splits ?? []),
})

/** Statistics of one computation: of all rows, or of each split of a training dataset. */
export type Statistics = z.output<typeof statisticsSchema>

/**
 * Statistics of one kind of entity.
 * @param at the path of an entity
 */
export function statistics<Of>(http: Http, jobs: Jobs, at: (of: Of) => string) {
  return {
    /** The newest, or undefined when none were computed. */
    async latest(of: Of, signal?: AbortSignal): Promise<Statistics | undefined> {
      const reply = z.object({ items: z.array(statisticsSchema).nullish() })
      const query = { fields: 'content', sort_by: 'computation_time:desc', offset: 0, limit: 1 }
      return (await ifFound(http.get(`${at(of)}/statistics`, reply, { query, signal })))?.items?.[0]
    },
    /** Starts the job that computes them over all rows of the offline store, and returns its execution. */
    async compute(of: Of, signal?: AbortSignal): Promise<Execution> {
      const { name } = await http.post(`${at(of)}/statistics/compute`, job, { signal })
      const execution = await jobs.latest(name, signal)
      if (execution) return execution
      throw new HopsworksUnexpectedReply(`Job ${name} was made but has no execution`, { path: at(of) })
    },
  }
}
