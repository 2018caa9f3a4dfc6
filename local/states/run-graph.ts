import type { State, StateGraph } from './definition.ts'
import { Interruption, StateError } from './errors.ts'
import type { Scope } from './frame.ts'
import { payload } from './history.ts'
import type { Json } from './json.ts'
import type { Step } from './leave.ts'
import { runChoice } from './states/choice.ts'
import { runFail } from './states/fail.ts'
import { runMap } from './states/map.ts'
import { runParallel } from './states/parallel.ts'
import { runPass } from './states/pass.ts'
import { runSucceed } from './states/succeed.ts'
import { runTask } from './states/task.ts'
import { runWait } from './states/wait.ts'
import { Visit } from './visit.ts'

const runState = (state: State, visit: Visit): Promise<Step> => {
  switch (state.Type) {
    case 'Pass':
      return runPass(state, visit)
    case 'Task':
      return runTask(state, visit)
    case 'Choice':
      return runChoice(state, visit)
    case 'Wait':
      return runWait(state, visit)
    case 'Succeed':
      return runSucceed(state, visit)
    case 'Fail':
      return runFail(state, visit)
    case 'Map':
      return runMap(state, visit)
    case 'Parallel':
      return runParallel(state, visit)
  }
}

/** From StartAt to the end of a graph; returns the last state's output, throws the StateError that no state caught. */
export const runGraph = async ({ StartAt, States }: StateGraph, given: Json, scope: Scope): Promise<Json> => {
  let step: Step = { output: given, next: StartAt }
  while (step.next !== undefined) {
    scope.signal.throwIfAborted()
    const name = step.next
    const state = States[name]
    if (!state) throw new StateError('States.Runtime', `There is no state '${name}'.`)
    const entered = { name, ...payload('input', step.output) }
    const enteredId = scope.flow.history.add(scope.thread, `${state.Type}StateEntered`, entered)
    const visit = new Visit(scope, name, state, step.output, enteredId)
    try {
      step = await runState(state, visit)
    } catch (error) {
      if (error instanceof Interruption) visit.event(`${state.Type}StateAborted`)
      else if (state.Type === 'Task') scope.thread.open = 'TaskStateAborted'
      throw error
    }
  }
  return step.output
}
