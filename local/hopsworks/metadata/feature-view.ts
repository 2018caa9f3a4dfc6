import * as z from 'zod'

const reference = z.object({ id: z.int() })
const named = z.object({ name: z.string() })

/** A query as clients send it; of groups and features only what identifies them is kept. */
export const querySchema = z.object({
  leftFeatureGroup: reference,
  leftFeatures: z.array(named),
  joins: z
    .array(
      z.object({
        query: z.object({ leftFeatureGroup: reference, leftFeatures: z.array(named) }),
        on: z.array(named).nullish(),
        leftOn: z.array(named).nullish(),
        rightOn: z.array(named).nullish(),
        type: z.string().nullish(),
        prefix: z.string().nullish(),
      }),
    )
    .nullish(),
})
export type Query = z.infer<typeof querySchema>

/** One group of a view: the spine (index 0), or a group joined to it. */
export const joinSchema = z.object({
  featureGroupId: z.int(),
  features: z.array(z.string()),
  prefix: z.string(),
  type: z.string(),
  on: z.array(z.object({ left: z.string(), right: z.string() })),
})
export type Join = z.infer<typeof joinSchema>

export const viewFeatureSchema = z.object({
  /** With the prefix of its join. */
  name: z.string(),
  type: z.string(),
  index: z.int(),
  label: z.boolean(),
  inferenceHelperColumn: z.boolean(),
  trainingHelperColumn: z.boolean(),
  featureGroupFeatureName: z.string(),
  joinIndex: z.int(),
})
export type ViewFeature = z.infer<typeof viewFeatureSchema>

export const featureViewSchema = z.object({
  id: z.int(),
  name: z.string(),
  version: z.int(),
  description: z.string(),
  created: z.string(),
  joins: z.array(joinSchema).min(1),
  features: z.array(viewFeatureSchema),
})
export type FeatureView = z.infer<typeof featureViewSchema>
