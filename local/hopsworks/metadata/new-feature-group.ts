import * as z from 'zod'
import { columnType } from '../columns/column-type.ts'
import { project } from '../project.ts'
import { failures, RestError } from '../rest-error.ts'
import type { ServerVersion } from '../server-version.ts'
import type { Identity } from './collection.ts'
import type { Feature, FeatureGroup } from './feature-group.ts'
import { creator } from './creator.ts'
import { checkOnlineLimits } from './online-limits.ts'

const flag = z
  .boolean()
  .nullish()
  .transform((value) => value ?? false)
const text = z
  .string()
  .nullish()
  .transform((value) => value ?? null)

export const featureRequestSchema = z.object({
  name: z.string(),
  type: z.string(),
  description: text,
  primary: flag,
  partition: flag,
  foreign: flag,
  hudiPrecombineKey: flag,
  offlineOnly: flag,
  onlineType: text,
  defaultValue: text,
})
export type FeatureRequest = z.infer<typeof featureRequestSchema>

/** The body of a create request; what a client adds beyond it is not kept. */
export const featureGroupRequestSchema = z.object({
  name: z.string(),
  version: z.int().min(1).nullish(),
  description: text,
  onlineEnabled: flag,
  timeTravelFormat: z
    .enum(['HUDI', 'DELTA', 'NONE'])
    .nullish()
    .transform((value) => value ?? 'NONE'),
  type: z.enum(
    ['streamFeatureGroupDTO', 'cachedFeaturegroupDTO'],
    'only stream and cached feature groups are known to the local Hopsworks',
  ),
  eventTime: text,
  topicName: z.null('a topic of its own is not known to the local Hopsworks').optional(),
  embeddingIndex: z.null('an embedding index is not known to the local Hopsworks').optional(),
  transformationFunctions: z
    .array(z.unknown())
    .max(0, 'transformation functions are not known to the local Hopsworks')
    .nullish(),
  statisticsConfig: z.unknown().optional(),
  deltaStreamerJobConf: z.unknown().optional(),
  features: z.array(featureRequestSchema).min(1),
})
type Request = z.infer<typeof featureGroupRequestSchema>

const legalName = /^(?=.{1,63}$)([a-z][a-z0-9_]*)$/
const keyTypes = new Set(['tinyint', 'smallint', 'int', 'bigint', 'boolean', 'string', 'binary', 'date'])
const otherKeys = /\bmap\s*<(?!\s*string\b)/i
const clockTypes = new Set(['timestamp', 'date', 'bigint'])

/** Throws what is illegal about the features of a group. */
export const checkFeatures = (features: readonly FeatureRequest[], onlineEnabled: boolean): void => {
  const names = new Set<string>()
  for (const feature of features) {
    const kind = columnType(feature.type)?.kind
    if (!legalName.test(feature.name)) throw new RestError(failures.illegalFeatureName, feature.name)
    if (names.has(feature.name)) throw new RestError(failures.duplicateFeature, feature.name)
    if (!kind) {
      const refusal = otherKeys.test(feature.type) ? failures.illegalMapKey : failures.unsupportedType
      throw new RestError(refusal, `${feature.name}: ${feature.type}`)
    }
    if (onlineEnabled && feature.primary && !keyTypes.has(kind))
      throw new RestError(
        failures.unsupportedType,
        `${feature.name}: ${feature.type} is no type of an online primary key`,
      )
    names.add(feature.name)
  }
  if (onlineEnabled) checkOnlineLimits(features)
}

const check = ({ name, features, onlineEnabled, eventTime }: Request): void => {
  if (!legalName.test(name)) throw new RestError(failures.illegalName, name)
  if (!features.some(({ primary }) => primary)) throw new RestError(failures.primaryKeyRequired, name)
  checkFeatures(features, onlineEnabled)
  if (eventTime === null) return
  const clock = features.find((feature) => feature.name === eventTime)
  if (!clock) throw new RestError(failures.eventTimeNotFound, eventTime)
  if (!clockTypes.has(columnType(clock.type)?.kind ?? ''))
    throw new RestError(failures.illegalEventTime, `${clock.name}: ${clock.type}`)
}

/** A feature as its group keeps it, with its type in the online store. */
export const newFeature = (
  feature: FeatureRequest,
  group: { id: number; onlineEnabled: boolean },
  { offlineOnlyFeatures }: ServerVersion,
): Feature => ({
  ...feature,
  offlineOnly: offlineOnlyFeatures && feature.offlineOnly,
  onlineType: feature.onlineType ?? (group.onlineEnabled ? (columnType(feature.type)?.online ?? null) : null),
  featureGroupId: group.id,
})

/** The group that Hopsworks makes of a request: types of the online store, topic, precombine key. Throws what is illegal. */
export const newFeatureGroup = (
  { id, name, version }: Identity,
  request: Request,
  server: ServerVersion,
): FeatureGroup => {
  check(request)
  const { features, eventTime, onlineEnabled } = request
  const precombine = eventTime ?? features.find(({ primary }) => primary)?.name
  return {
    id,
    name,
    version,
    type: request.type,
    featurestoreId: project.featureStoreId,
    featurestoreName: project.featureStoreName,
    created: new Date().toISOString(),
    creator,
    description: request.description ?? '',
    location: `hopsfs:///apps/hive/warehouse/${project.featureStoreName}.db/${name}_${version}`,
    onlineEnabled,
    timeTravelFormat: request.timeTravelFormat,
    features: features.map((feature) => ({
      ...newFeature(feature, { id, onlineEnabled }, server),
      hudiPrecombineKey: request.timeTravelFormat === 'HUDI' && feature.name === precombine,
    })),
    eventTime,
    onlineTopicName: onlineEnabled ? project.onlineTopic : project.offlineTopic,
    topicName: null,
    statisticsConfig: request.statisticsConfig ?? null,
    expectationSuite: null,
    transformationFunctions: [],
    deprecated: false,
    ttlEnabled: false,
    deltaStreamerJobConf: request.deltaStreamerJobConf ?? null,
  }
}
