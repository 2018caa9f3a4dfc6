import * as z from 'zod'

const record = z.record(z.string(), z.unknown())

const common = {
  featureStoreName: z.string(),
  featureViewName: z.string(),
  featureViewVersion: z.int(),
  metadataOptions: z.object({ featureName: z.boolean().nullish(), featureType: z.boolean().nullish() }).nullish(),
  options: z
    .object({ validatePassedFeatures: z.boolean().nullish(), includeDetailedStatus: z.boolean().nullish() })
    .nullish(),
}

export const oneSchema = z.object({ ...common, entries: record, passedFeatures: record.nullish() })
export const batchSchema = z.object({
  ...common,
  entries: z.array(record).min(1),
  passedFeatures: z.array(record.nullable()).nullish(),
})
export type OneRequest = z.infer<typeof oneSchema>
export type BatchRequest = z.infer<typeof batchSchema>
