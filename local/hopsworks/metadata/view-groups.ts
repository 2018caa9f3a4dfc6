import { failures, RestError } from '../rest-error.ts'
import type { FeatureGroup } from './feature-group.ts'
import type { FeatureView } from './feature-view.ts'
import type { Metadata } from './metadata.ts'

/** The groups of a view: the spine, then the joined ones. Throws when one is gone. */
export const groupsOf = (
  { featureGroups }: Metadata,
  { joins, name }: FeatureView,
): [FeatureGroup, ...FeatureGroup[]] => {
  const [spine, ...rest] = joins.map(({ featureGroupId }) => {
    const group = featureGroups.get(featureGroupId)
    if (!group)
      throw new RestError(failures.featureGroupNotFound, `feature group id: ${featureGroupId}, of feature view ${name}`)
    return group
  })
  if (!spine) throw new Error(`the feature view ${name} has no feature group`)
  return [spine, ...rest]
}
