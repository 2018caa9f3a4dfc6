import type { ChoiceState } from '../definition.ts'
import { leave } from '../leave.ts'
import type { Step } from '../leave.ts'
import type { Visit } from '../visit.ts'

/** The first rule that holds brings its own Output and Assign; the state's belong to Default. OutputPath is for all. */
export const runChoice = async ({ OutputPath, ...state }: ChoiceState, visit: Visit): Promise<Step> => {
  const given = await visit.language.given({})
  const path = OutputPath === undefined ? {} : { OutputPath }
  for (const [index, rule] of state.Choices.entries()) {
    if (await visit.language.holds(rule, index)) return leave(visit, { ...rule, ...path }, given)
  }
  if (state.Default === undefined) {
    throw visit.failure('States.NoChoiceMatched', 'No choice rule matched, and the state has no Default.')
  }
  const { Default: Next, ...exit } = state
  return leave(visit, { ...exit, ...path, Next }, given)
}
