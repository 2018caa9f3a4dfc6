import type { FeatureGroup } from '../metadata/feature-group.ts'
import { failures, RestError } from '../rest-error.ts'
import type { Services } from '../services.ts'
import type { Call } from './route.ts'

/** The feature group whose id a path names. */
export const existingGroup = ({ metadata }: Services, call: Call): FeatureGroup => {
  const group = metadata.featureGroups.get(call.number('group'))
  if (!group) throw new RestError(failures.featureGroupNotFound, `feature group id: ${call.param('group')}`)
  return group
}
