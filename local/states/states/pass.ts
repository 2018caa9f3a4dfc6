import type { PassState } from '../definition.ts'
import { leave } from '../leave.ts'
import type { Step } from '../leave.ts'
import type { Visit } from '../visit.ts'

export const runPass = async (state: PassState, visit: Visit): Promise<Step> => {
  const given = await visit.language.given(state)
  return leave(visit, state, state.Result === undefined ? given : state.Result)
}
