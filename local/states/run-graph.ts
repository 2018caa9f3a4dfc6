import type { State, StateGraph } from './definition.ts'
import { Interruption, StateError } from './errors.ts'
import type { Scope } from './frame.ts'
import { payload } from './history.ts'
import type { Json } from './json.ts'
import type { Step } from './leave.ts'
import type { Place } from './place.ts'
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

const through = async (
  { States }: StateGraph,
  start: { readonly name: string; readonly input: Json },
  scope: Scope,
  place?: Place,
): Promise<Json> => {
  let step: Step = { output: start.input, next: start.name }
  for (let resumed = place; step.next !== undefined; resumed = undefined) {
    const name = step.next
    const state = States[name]
    if (!state) throw new StateError('States.Runtime', `There is no state '${name}'.`)
    const enter = () =>
      scope.flow.history.add(scope.thread, `${state.Type}StateEntered`, { name, ...payload('input', step.output) })
    const visit = new Visit(scope, name, state, step.output, resumed?.enteredId ?? enter(), resumed)
    try {
      scope.signal.throwIfAborted()
      step = await runState(state, visit)
    } catch (error) {
      if (error instanceof Interruption) visit.event(`${state.Type}StateAborted`)
      else if (state.Type === 'Task') scope.thread.open = 'TaskStateAborted'
      throw error
    }
  }
  return step.output
}

/** From StartAt to the end of a graph; returns the last state's output, throws the StateError that no state caught. */
export const runGraph = (graph: StateGraph, input: Json, scope: Scope): Promise<Json> =>
  through(graph, { name: graph.StartAt, input }, scope)

/** As `runGraph`, from where a redriven execution stood. */
export const resumeGraph = (graph: StateGraph, place: Place, scope: Scope): Promise<Json> => {
  Object.assign(scope.variables, place.variables)
  return through(graph, { name: place.state, input: place.input }, scope, place)
}
