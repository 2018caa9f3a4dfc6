import type { FailState } from '../definition.ts'
import { StateError } from '../errors.ts'
import type { Visit } from '../visit.ts'

export const runFail = async (state: FailState, { language }: Visit): Promise<never> => {
  const error = await language.text({ field: 'Error', literal: state.Error, path: state.ErrorPath })
  const cause = await language.text({ field: 'Cause', literal: state.Cause, path: state.CausePath })
  throw new StateError(error, cause)
}
