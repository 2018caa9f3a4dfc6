import type { DatabaseSync } from 'node:sqlite'
import type { Kind } from '../columns/column-type.ts'
import { storedType } from '../columns/column-type.ts'
import { primaryKeys } from '../metadata/feature-group.ts'
import type { Metadata } from '../metadata/metadata.ts'
import type { ServingKey } from '../metadata/serving-keys.ts'
import { servingKeys } from '../metadata/serving-keys.ts'
import { groupsOf } from '../metadata/view-groups.ts'
import type { OnlineReader } from '../online/online-table.ts'
import { onlineReader } from '../online/online-table.ts'
import { valueText } from './value-text.ts'
import { VectorError, vectorFailures } from './vector-error.ts'

export interface PlannedKey {
  readonly kind: Kind
  /** The entry names that give its value, best first. */
  readonly names: readonly string[]
}

export interface PlannedGroup {
  readonly id: number
  readonly keys: readonly PlannedKey[]
  readonly read: OnlineReader
  /** For each column that is read, where it goes in the vector and how it is written. */
  readonly columns: readonly { readonly at: number; readonly text: ReturnType<typeof valueText> }[]
  /** Primary keys that are features: echoed from the entry. */
  readonly echoes: readonly { readonly at: number; readonly key: number }[]
}

export interface ViewPlan {
  readonly features: readonly { readonly name: string; readonly type: string; readonly kind: Kind }[]
  readonly groups: readonly PlannedGroup[]
  readonly entryNames: ReadonlySet<string>
}

const entryNames = ({ required, joinOn, prefix, featureName }: ServingKey): string[] => [
  ...(required || joinOn === null ? [] : [joinOn]),
  prefix + featureName,
  featureName,
]

/** How a view is read: which groups by which keys; groups that offer only labels are not. */
export const planView = (store: DatabaseSync, metadata: Metadata, name: string, version: number): ViewPlan => {
  const view = metadata.featureViews.find(name, version)
  if (!view) throw new VectorError(vectorFailures.viewNotFound, `feature view ${name}, version ${version}`)
  const gone = view.joins.find(({ featureGroupId }) => !metadata.featureGroups.get(featureGroupId))
  if (gone) throw new VectorError(vectorFailures.groupNotFound, `feature group ${gone.featureGroupId}`)
  const groups = groupsOf(metadata, view)
  const keys = servingKeys(view, groups)
  const features = view.features
    .filter(({ label }) => !label)
    .map((feature) => ({ ...feature, kind: storedType(feature.type).kind }))
  const planned = groups.flatMap((group, joinIndex): PlannedGroup[] => {
    const own = features.flatMap((feature, at) => (feature.joinIndex === joinIndex ? [{ ...feature, at }] : []))
    if (own.length === 0) return []
    if (!group.onlineEnabled)
      throw new VectorError(vectorFailures.readFailed, `feature group ${group.name} is not in the online store`)
    const primary = primaryKeys(group)
    const columns = own.filter(({ featureGroupFeatureName }) => !primary.includes(featureGroupFeatureName))
    return [
      {
        id: group.id,
        keys: primary.map((key) => {
          const type = group.features.find((feature) => feature.name === key)?.type ?? ''
          const serving = keys.find((known) => known.joinIndex === joinIndex && known.featureName === key)
          return { kind: storedType(type).kind, names: serving ? entryNames(serving) : [key] }
        }),
        read: onlineReader(
          store,
          group,
          columns.map(({ featureGroupFeatureName }) => featureGroupFeatureName),
        ),
        columns: columns.map(({ at, type }) => ({ at, text: valueText(storedType(type)) })),
        echoes: own
          .filter(({ featureGroupFeatureName }) => primary.includes(featureGroupFeatureName))
          .map(({ at, featureGroupFeatureName }) => ({ at, key: primary.indexOf(featureGroupFeatureName) })),
      },
    ]
  })
  return { features, groups: planned, entryNames: new Set(keys.flatMap(entryNames)) }
}
