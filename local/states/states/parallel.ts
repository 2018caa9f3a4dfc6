import type { ParallelState } from '../definition.ts'
import { innerScope } from '../frame.ts'
import type { Scope } from '../frame.ts'
import { leave } from '../leave.ts'
import type { Step } from '../leave.ts'
import { recover } from '../recover.ts'
import { runGraph } from '../run-graph.ts'
import type { Visit } from '../visit.ts'
import { siblings } from './siblings.ts'

export const runParallel = (state: ParallelState, visit: Visit): Promise<Step> => {
  const attempt = async () => {
    const input = await visit.language.given(state)
    visit.event('ParallelStateStarted')
    const scopes: Scope[] = []
    try {
      const result = await siblings(
        state.Branches,
        state.Branches.length,
        visit.scope.signal,
        (branch, index, signal) => {
          scopes[index] = innerScope(visit.scope, signal)
          return runGraph(branch, input, scopes[index])
        },
      )
      visit.limited(result)
      visit.event('ParallelStateSucceeded')
      return await leave(visit, state, result, { result })
    } finally {
      for (const { thread, flow } of scopes) if (thread.open) flow.history.add(thread, thread.open)
    }
  }
  return recover(visit, state, attempt, ({ error, cause }) => visit.event('ParallelStateFailed', { error, cause }))
}
