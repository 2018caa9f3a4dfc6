import * as z from 'zod'

const number = z.number().nullable()

export const featureStatisticsSchema = z.object({
  featureName: z.string(),
  featureType: z.enum(['Integral', 'Fractional', 'Boolean', 'String', 'Unknown']),
  count: z.int(),
  completeness: number,
  numNonNullValues: z.int(),
  numNullValues: z.int(),
  approxNumDistinctValues: number,
  min: number,
  max: number,
  sum: number,
  mean: number,
  stdDev: number,
  percentiles: z.array(z.number()).nullable(),
})
export type FeatureStatistics = z.infer<typeof featureStatisticsSchema>

const described = z.array(featureStatisticsSchema)

/** One computation; the document's name is that of what was computed (`ownerOf`). */
export const statisticsSchema = z.object({
  id: z.int(),
  name: z.string(),
  version: z.int(),
  computationTime: z.int(),
  featureDescriptiveStatistics: described.nullable(),
  splitStatistics: z.array(z.object({ name: z.string(), featureDescriptiveStatistics: described })).nullable(),
})
export type Statistics = z.infer<typeof statisticsSchema>
