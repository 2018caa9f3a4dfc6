import type { FeatureDefinition, GroupDefinition, TimeTravelFormat } from './definitions.ts'

/** A feature of a request. */
export const featureBody = ({ name, type, primary = false, partition = false, ...more }: FeatureDefinition) => ({
  name,
  type,
  description: more.description ?? null,
  primary,
  onlineType: more.onlineType ?? null,
  defaultValue: more.defaultValue ?? null,
  partition,
  hudiPrecombineKey: false,
})

export const formatOf = ({ timeTravelFormat = 'HUDI' }: GroupDefinition): TimeTravelFormat => timeTravelFormat

/** The request that makes a stream feature group. */
export const createBody = (definition: GroupDefinition, featurestoreId: number): object => ({
  type: 'streamFeatureGroupDTO',
  featurestoreId,
  name: definition.name,
  version: definition.version,
  description: definition.description,
  onlineEnabled: definition.online,
  timeTravelFormat: formatOf(definition),
  eventTime: definition.eventTime ?? null,
  features: definition.features.map(featureBody),
  statisticsConfig: {
    enabled: definition.statistics ?? false,
    correlations: false,
    histograms: false,
    exactUniqueness: false,
    columns: [],
  },
  deltaStreamerJobConf: { writeOptions: [], sparkJobConfiguration: null },
})
