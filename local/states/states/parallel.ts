import type { ParallelState, StateGraph } from '../definition.ts'
import { innerScope } from '../frame.ts'
import type { Scope } from '../frame.ts'
import type { Json } from '../json.ts'
import { leave } from '../leave.ts'
import type { Step } from '../leave.ts'
import { recover } from '../recover.ts'
import { resumeGraph, runGraph } from '../run-graph.ts'
import type { Visit } from '../visit.ts'
import { siblings } from './siblings.ts'

export const runParallel = (state: ParallelState, visit: Visit): Promise<Step> => {
  const attempt = async () => {
    const input = await visit.language.given(state)
    const resumed = visit.takePlace()?.inner
    if (!resumed) visit.event('ParallelStateStarted')
    const scopes: Scope[] = []

    const run = async (branch: StateGraph, index: number, signal: AbortSignal): Promise<Json> => {
      const place = resumed?.get(index)
      if (place && !('state' in place)) return place.output
      const scope = (scopes[index] = innerScope(visit.scope, signal))
      if (place) scope.thread.last = place.lastId
      return place ? resumeGraph(branch, place, scope) : runGraph(branch, input, scope)
    }

    try {
      const result = await siblings(state.Branches, state.Branches.length, visit.scope.signal, run)
      visit.limited(result)
      visit.event('ParallelStateSucceeded')
      return await leave(visit, state, result, { result })
    } finally {
      for (const scope of scopes) if (scope?.thread.open) scope.flow.history.add(scope.thread, scope.thread.open)
    }
  }
  return recover(visit, state, attempt, ({ error, cause }) => visit.event('ParallelStateFailed', { error, cause }))
}
