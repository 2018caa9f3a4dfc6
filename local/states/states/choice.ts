import type { ChoiceState } from '../definition.ts'
import { leave } from '../leave.ts'
import type { Step } from '../leave.ts'
import type { Visit } from '../visit.ts'

/** The first rule whose Condition is true brings its own Output and Assign; the state's belong to Default. */
export const runChoice = async (state: ChoiceState, visit: Visit): Promise<Step> => {
  for (const [index, rule] of state.Choices.entries()) {
    if (await visit.boolean(rule.Condition, `Choices[${index}]/Condition`)) return leave(visit, rule, visit.input)
  }
  if (state.Default === undefined) {
    throw visit.failure('States.NoChoiceMatched', 'No choice rule matched, and the state has no Default.')
  }
  const { Default: Next, ...exit } = state
  return leave(visit, { ...exit, Next }, visit.input)
}
