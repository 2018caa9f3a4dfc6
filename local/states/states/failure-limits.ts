import type { MapState } from '../definition.ts'
import { StateError } from '../errors.ts'
import type { Json } from '../json.ts'
import type { Visit } from '../visit.ts'

/** ToleratedFailureCount and ToleratedFailurePercentage; undefined where the state has none. */
export interface FailureLimits {
  readonly count: number | undefined
  readonly percentage: number | undefined
}

export const failureLimits = async (state: MapState, { language }: Visit): Promise<FailureLimits> => {
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
  return { count, percentage }
}

/** The error of a Map in which more failed than it tolerates. */
export const exceeded = 'States.ExceedToleratedFailureThreshold'

interface Failure {
  readonly error?: string | undefined
  readonly cause?: string | undefined
}

/**
 * Counts failed items. Within the limits what failed holds its place in the result as `{ Error, Cause }`; beyond them
 * it throws States.ExceedToleratedFailureThreshold.
 */
export const tolerance = ({ count = 0, percentage = 0 }: FailureLimits, total: number) => {
  let failures = 0
  return ({ error, cause }: Failure, items = 1): Json => {
    failures += items
    if (failures <= count || (failures / total) * 100 <= percentage) {
      return { Error: error ?? null, Cause: cause ?? null }
    }
    throw new StateError(exceeded, 'The specified tolerated failure threshold was exceeded')
  }
}
