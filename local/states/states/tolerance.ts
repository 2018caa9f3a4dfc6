import type { MapState } from '../definition.ts'
import { StateError } from '../errors.ts'
import type { Json } from '../json.ts'
import type { Visit } from '../visit.ts'

/**
 * What a Map does with an iteration that failed: without ToleratedFailure… its error is the Map's; within the threshold
 * its place in the result holds `{ Error, Cause }`; beyond it the Map fails with States.ExceedToleratedFailureThreshold.
 */
export const tolerance = async (
  state: MapState,
  { language }: Visit,
  items: number,
): Promise<(error: StateError) => Json> => {
  const count = await language.number('integer', {
    field: 'ToleratedFailureCount',
    literal: state.ToleratedFailureCount,
    path: state.ToleratedFailureCountPath,
  })
  if (count !== undefined && count < 0) {
    throw language.refusal('ToleratedFailureCount cannot be negative.', 'ToleratedFailureCount')
  }
  const percentage = await language.number('float', {
    field: 'ToleratedFailurePercentage',
    literal: state.ToleratedFailurePercentage,
    path: state.ToleratedFailurePercentagePath,
  })
  if (percentage !== undefined && !(percentage >= 0 && percentage <= 100)) {
    throw language.refusal('ToleratedFailurePercentage must be between 0 and 100.', 'ToleratedFailurePercentage')
  }
  if (count === undefined && percentage === undefined) {
    return (error) => {
      throw error
    }
  }
  let failures = 0
  return ({ error, cause }) => {
    failures++
    if (failures <= (count ?? 0) || (failures / items) * 100 <= (percentage ?? 0)) {
      return { Error: error ?? null, Cause: cause ?? null }
    }
    throw new StateError(
      'States.ExceedToleratedFailureThreshold',
      'The specified tolerated failure threshold was exceeded',
    )
  }
}
