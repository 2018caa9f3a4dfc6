import type { FeatureDefinition, GroupDefinition } from './definitions.ts'

/** A feature of a request. */
export const featureBody = ({ name, type, primary = false, ...more }: FeatureDefinition) => ({
  name,
  type,
  description: more.description ?? null,
  primary,
  onlineType: more.onlineType ?? null,
  defaultValue: more.defaultValue ?? null,
  partition: false,
  hudiPrecombineKey: false,
})

/** The request that makes a stream feature group. */
export const createBody = (definition: GroupDefinition, featurestoreId: number): object => ({
  type: 'streamFeatureGroupDTO',
  featurestoreId,
  name: definition.name,
  version: definition.version,
  description: definition.description,
  onlineEnabled: definition.online,
  timeTravelFormat: definition.timeTravelFormat,
  eventTime: definition.eventTime,
  features: definition.features.map(featureBody),
  statisticsConfig: { enabled: false, correlations: false, histograms: false, exactUniqueness: false, columns: [] },
  deltaStreamerJobConf: { writeOptions: [], sparkJobConfiguration: null },
})
