import { lengthOf, typeOfColumn } from '../columns.ts'
import type { Schema } from '../columns.ts'
import type { FeatureGroup } from '../feature-group.ts'
import type { AnyPipeline } from '../pipeline.ts'
import type { Type, Values } from '../value.ts'
import type { WindowGroup } from '../windows/windowed.ts'
import type { FeatureDefinition, GroupDefinition } from './definitions.ts'
import { offlineType } from './offline-type.ts'
import { columnWords, featureWords, windowWords } from './words.ts'

/** Column of a window group: end of the tile (exclusive) from which on a row's values hold. */
export const tileEnd = 'tile_end'

/** Name in Hopsworks of one of the pipeline's groups: `flight_delays_airport`. */
export const hopsworksGroupName = (pipeline: Pick<AnyPipeline, 'name'>, group: string): string =>
  `${pipeline.name}_${group}`

/** The name in Hopsworks of the column that a group's event time is. */
export const eventTimeName = (group: FeatureGroup): string | undefined => {
  const named = Object.entries(group.features).find(([, feature]) => feature?.node === group.eventTime.node)?.[0]
  const { node } = group.eventTime
  return named ?? (node.op === 'column' ? node.name : undefined)
}

const group = (
  name: string,
  definition: Omit<GroupDefinition, 'name' | 'version' | 'timeTravelFormat'>,
): GroupDefinition => ({
  name,
  version: 1,
  ...definition,
  timeTravelFormat: 'HUDI',
})

const onlineKey = (name: string, columns: Schema): FeatureDefinition => {
  const column = columns[name]
  return {
    name,
    type: column ? offlineType(typeOfColumn(column)) : 'string',
    ...(column ? columnWords(column) : {}),
    ...(column?.kind === 'string' ? { onlineType: `varchar(${lengthOf(column)})` } : {}),
    primary: true,
  }
}

const spineGroup = (pipeline: AnyPipeline): GroupDefinition => {
  const { spine } = pipeline
  const described = [
    ...Object.entries(spine.columns).map(
      ([name, column]) => [name, typeOfColumn(column), columnWords(column)] as const,
    ),
    ...Object.entries(spine.features).map(([name, { node }]): readonly [string, Type, object] => [
      name,
      node,
      featureWords(node),
    ]),
  ]
  return group(hopsworksGroupName(pipeline, spine.name), {
    description: `Rows of ${spine.name} and the features of each`,
    online: false,
    features: described.map(([name, type, words]) => ({
      name,
      type: offlineType(type),
      ...words,
      ...(spine.key.includes(name) ? { primary: true } : {}),
    })),
    eventTime: eventTimeName(spine) ?? '',
  })
}

const windowGroup = (pipeline: AnyPipeline, { name, by, of, every, features }: WindowGroup): GroupDefinition =>
  group(hopsworksGroupName(pipeline, name), {
    description: `Windows of ${of.name} by ${by.join(', ')}: changes every ${every}`,
    online: true,
    features: [
      ...by.map((column) => onlineKey(column, of.columns)),
      { name: tileEnd, type: 'timestamp', description: 'from then on the values hold' },
      ...Object.entries(features).map(([name, feature]) => ({
        name,
        type: offlineType(feature),
        ...windowWords(feature, of),
      })),
    ],
    eventTime: tileEnd,
  })

const watermarksGroup = (pipeline: AnyPipeline): GroupDefinition =>
  group(hopsworksGroupName(pipeline, 'watermarks'), {
    description: 'Largest clock of the accepted rows, by window group',
    online: true,
    features: [
      { name: 'of', type: 'string', onlineType: 'varchar(63)', primary: true, description: 'window group' },
      { name: 'watermark', type: 'timestamp', description: 'how far its data have come' },
    ],
    eventTime: 'watermark',
  })

/** The row of the watermarks group that says how far the data of a window group (as the pipeline names it) have come. */
export const watermarkRow = (of: string, watermark: bigint): Values => ({ of, watermark })

export interface PipelineGroups {
  readonly spine: GroupDefinition
  /** By the pipeline's own name of the group. */
  readonly windows: Readonly<Record<string, GroupDefinition>>
  readonly watermarks: GroupDefinition
}

/** The groups of a pipeline in Hopsworks. */
export const featureGroupRequests = (pipeline: AnyPipeline): PipelineGroups => ({
  spine: spineGroup(pipeline),
  windows: Object.fromEntries(pipeline.windows.map((windows) => [windows.name, windowGroup(pipeline, windows)])),
  watermarks: watermarksGroup(pipeline),
})
