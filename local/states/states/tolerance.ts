import type { MapState } from '../definition.ts'
import { StateError } from '../errors.ts'
import type { Json } from '../json.ts'
import type { Visit } from '../visit.ts'

/**
 * What a Map does with an iteration that failed: without ToleratedFailure… its error is the Map's; within the threshold
 * its place in the result holds `{ Error, Cause }`; beyond it the Map fails with States.ExceedToleratedFailureThreshold.
 */
export const tolerance = async (
  { ToleratedFailureCount, ToleratedFailurePercentage }: MapState,
  visit: Visit,
  items: number,
): Promise<(error: StateError) => Json> => {
  if (ToleratedFailureCount === undefined && ToleratedFailurePercentage === undefined) {
    return (error) => {
      throw error
    }
  }
  const count =
    ToleratedFailureCount === undefined ? 0 : await visit.number(ToleratedFailureCount, 'ToleratedFailureCount')
  if (!Number.isInteger(count) || count < 0) {
    throw visit.evaluationFailure('ToleratedFailureCount cannot be negative.', 'ToleratedFailureCount')
  }
  const percentage =
    ToleratedFailurePercentage === undefined
      ? 0
      : await visit.number(ToleratedFailurePercentage, 'ToleratedFailurePercentage')
  if (!(percentage >= 0 && percentage <= 100)) {
    throw visit.evaluationFailure('ToleratedFailurePercentage must be between 0 and 100.', 'ToleratedFailurePercentage')
  }
  let failures = 0
  return ({ error, cause }) => {
    failures++
    if (failures <= count || (failures / items) * 100 <= percentage) {
      return { Error: error ?? null, Cause: cause ?? null }
    }
    throw new StateError(
      'States.ExceedToleratedFailureThreshold',
      'The specified tolerated failure threshold was exceeded',
    )
  }
}
