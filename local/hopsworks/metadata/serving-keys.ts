import type { FeatureGroup } from './feature-group.ts'
import { primaryKeys } from './feature-group.ts'
import type { FeatureView } from './feature-view.ts'

export interface ServingKey {
  readonly featureName: string
  readonly joinIndex: number
  readonly prefix: string
  readonly required: boolean
  /** The feature of the spine that gives the value where the key is not required. */
  readonly joinOn: string | null
}

/** What a reader of the view must name: for every group its primary key, unless a join gives it. */
export const servingKeys = (view: FeatureView, groups: readonly FeatureGroup[]): ServingKey[] => {
  const taken = new Set<string>()
  const spineKeys = groups[0] ? primaryKeys(groups[0]) : []
  const joinedThrough = new Set(view.joins.flatMap(({ on }) => on.map(({ left }) => left)))
  return groups.flatMap((group, joinIndex) => {
    const join = view.joins[joinIndex]
    const features = view.features.filter((feature) => feature.joinIndex === joinIndex)
    const onlyLabels = features.every(({ label }) => label)
    return primaryKeys(group).map((featureName): ServingKey => {
      const given = join?.prefix ?? ''
      const prefix = taken.has(given + featureName) ? `${joinIndex}_${given}` : given
      taken.add(prefix + featureName)
      const left = join?.on.find(({ right }) => right === featureName)?.left
      if (left !== undefined)
        return { featureName, joinIndex, prefix, required: !spineKeys.includes(left), joinOn: left }
      const required = !onlyLabels || (joinIndex === 0 && joinedThrough.has(featureName))
      return { featureName, joinIndex, prefix, required, joinOn: null }
    })
  })
}
