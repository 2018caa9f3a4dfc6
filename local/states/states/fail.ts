import type { FailState } from '../definition.ts'
import { StateError } from '../errors.ts'
import type { Visit } from '../visit.ts'

export const runFail = async ({ Error, Cause }: FailState, visit: Visit): Promise<never> => {
  const error = Error === undefined ? undefined : await visit.string(Error, 'Error')
  const cause = Cause === undefined ? undefined : await visit.string(Cause, 'Cause')
  throw new StateError(error, cause)
}
