import * as z from 'zod'

export const featureSchema = z.object({
  name: z.string(),
  type: z.string(),
  description: z.string().nullable(),
  primary: z.boolean(),
  partition: z.boolean(),
  foreign: z.boolean(),
  hudiPrecombineKey: z.boolean(),
  offlineOnly: z.boolean(),
  onlineType: z.string().nullable(),
  defaultValue: z.string().nullable(),
  featureGroupId: z.int(),
})
export type Feature = z.infer<typeof featureSchema>

/** A feature group as the management API shows it. */
export const featureGroupSchema = z.object({
  id: z.int(),
  name: z.string(),
  version: z.int(),
  type: z.enum(['streamFeatureGroupDTO', 'cachedFeaturegroupDTO']),
  featurestoreId: z.int(),
  featurestoreName: z.string(),
  created: z.string(),
  creator: z.object({ firstName: z.string(), lastName: z.string(), email: z.string(), username: z.string() }),
  description: z.string(),
  location: z.string(),
  onlineEnabled: z.boolean(),
  timeTravelFormat: z.enum(['HUDI', 'DELTA', 'NONE']),
  features: z.array(featureSchema),
  eventTime: z.string().nullable(),
  onlineTopicName: z.string(),
  topicName: z.string().nullable(),
  statisticsConfig: z.unknown().optional(),
  expectationSuite: z.null(),
  transformationFunctions: z.array(z.unknown()),
  deprecated: z.boolean(),
  ttlEnabled: z.boolean(),
  deltaStreamerJobConf: z.unknown().optional(),
})
export type FeatureGroup = z.infer<typeof featureGroupSchema>

/** Its name in tables, subjects and jobs. */
export const qualifiedName = ({ name, version }: { name: string; version: number }) => `${name}_${version}`

export const primaryKeys = ({ features }: FeatureGroup): string[] =>
  features.filter(({ primary }) => primary).map(({ name }) => name)

/** What the online store keeps of it. */
export const onlineFeatures = ({ features }: FeatureGroup): Feature[] =>
  features.filter(({ offlineOnly }) => !offlineOnly)
