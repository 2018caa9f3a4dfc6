import { columnType } from '../columns/column-type.ts'
import type { FeatureGroup } from '../metadata/feature-group.ts'
import { primaryKeys } from '../metadata/feature-group.ts'
import type { FeatureView, Join } from '../metadata/feature-view.ts'
import { quoted } from './offline-store.ts'
import { tableOf } from './offline-table.ts'

export interface QueryOptions {
  readonly label: boolean
  readonly primaryKeys: boolean
  readonly eventTime: boolean
  readonly trainingHelpers: boolean
}

/** The alias of the spine's event time in the query, as a timestamp; it is in no output. */
export const spineClock = '__spine_clock'

const alias = (index: number) => `g${index}`
const column = (index: number, name: string) => `${alias(index)}.${quoted(name)}`

/** The event time as a timestamp; a bigint of up to ten digits is seconds, a longer one milliseconds. */
const clock = ({ features, eventTime }: FeatureGroup, index: number): string | undefined => {
  const feature = features.find(({ name }) => name === eventTime)
  if (!feature) return undefined
  const value = column(index, feature.name)
  if (columnType(feature.type)?.kind !== 'bigint') return `CAST(${value} AS TIMESTAMP)`
  return `epoch_ms(CASE WHEN abs(${value}) < 10000000000 THEN ${value} * 1000 ELSE ${value} END)`
}

/** For each row of the spine the row of the joined group that was the newest then. */
const joined = (join: Join, index: number, groups: readonly [FeatureGroup, ...FeatureGroup[]]): string => {
  const group = groups[index]
  if (!group) throw new Error(`join ${index} has no feature group`)
  const equal = join.on.map(({ left, right }) => `${column(0, left)} = ${column(index, right)}`)
  const [then, now] = [clock(group, index), clock(groups[0], 0)]
  const kind = join.type === 'INNER' ? 'JOIN' : 'LEFT JOIN'
  if (then === undefined || now === undefined)
    return `${kind} ${tableOf(group)} AS ${alias(index)} ON ${equal.join(' AND ')}`
  return `ASOF ${kind} ${tableOf(group)} AS ${alias(index)} ON ${[...equal, `${now} >= ${then}`].join(' AND ')}`
}

/** The offline query of a view: the features in the view's order, then keys and event times that were asked for. */
export const pointInTimeQuery = (
  view: FeatureView,
  groups: readonly [FeatureGroup, ...FeatureGroup[]],
  options: QueryOptions,
): string => {
  const chosen = new Map<string, string>()
  for (const feature of view.features) {
    if (feature.label && !options.label) continue
    if (feature.inferenceHelperColumn || (feature.trainingHelperColumn && !options.trainingHelpers)) continue
    chosen.set(feature.name, column(feature.joinIndex, feature.featureGroupFeatureName))
  }
  for (const [index, group] of groups.entries()) {
    const extra = [
      ...(options.primaryKeys ? primaryKeys(group) : []),
      ...(options.eventTime && group.eventTime !== null ? [group.eventTime] : []),
    ]
    const prefix = view.joins[index]?.prefix ?? ''
    for (const name of extra) if (!chosen.has(prefix + name)) chosen.set(prefix + name, column(index, name))
  }
  const spine = clock(groups[0], 0)
  const columns = [
    ...[...chosen].map(([name, value]) => `${value} AS ${quoted(name)}`),
    `${spine ?? 'NULL::TIMESTAMP'} AS ${spineClock}`,
  ]
  const joins = view.joins.slice(1).map((join, index) => joined(join, index + 1, groups))
  const order = [...(spine === undefined ? [] : [spine]), ...primaryKeys(groups[0]).map((name) => column(0, name))]
  return [
    `SELECT ${columns.join(', ')}`,
    `FROM ${tableOf(groups[0])} AS ${alias(0)}`,
    ...joins,
    `ORDER BY ${order.join(', ')}`,
  ].join('\n')
}
