import * as z from 'zod'

const milliseconds = z
  .number()
  .nullish()
  .transform((value) => value ?? null)

export const splitSchema = z.object({
  name: z.string().regex(/^[a-z0-9_]{1,63}$/),
  splitType: z.enum(['RANDOM_SPLIT', 'TIME_SERIES_SPLIT']),
  percentage: z
    .number()
    .nullish()
    .transform((value) => value ?? null),
  startTime: milliseconds,
  endTime: milliseconds,
})
export type Split = z.infer<typeof splitSchema>

/** A version of a training dataset; `name` is its view's, with the view's version. */
export const trainingDatasetSchema = z.object({
  id: z.int(),
  name: z.string(),
  version: z.int(),
  featureViewId: z.int(),
  created: z.string(),
  description: z.string(),
  dataFormat: z.string(),
  trainingDatasetType: z.string(),
  coalesce: z.boolean(),
  seed: z.number().nullable(),
  splits: z.array(splitSchema),
  trainSplit: z.string().nullable(),
  eventStartTime: z.number().nullable(),
  eventEndTime: z.number().nullable(),
  statisticsConfig: z.unknown().optional(),
  /** Null for one that is kept in memory by its client. */
  connectorId: z.int().nullable(),
  path: z.string().nullable(),
  location: z.string(),
})
export type TrainingDataset = z.infer<typeof trainingDatasetSchema>
