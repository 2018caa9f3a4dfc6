import type { MapState, StateGraph } from '../definition.ts'
import { Interruption, StateError } from '../errors.ts'
import { innerScope } from '../frame.ts'
import type { Scope } from '../frame.ts'
import type { Json } from '../json.ts'
import { leave } from '../leave.ts'
import type { Step } from '../leave.ts'
import { recover } from '../recover.ts'
import { resumeGraph, runGraph } from '../run-graph.ts'
import type { Visit } from '../visit.ts'
import { failureLimits, tolerance } from './failure-limits.ts'
import { maxConcurrency } from './max-concurrency.ts'
import { siblings } from './siblings.ts'

/** AWS runs no more iterations of an inline Map at a time. */
const mostIterations = 40

export const runInlineMap = (state: MapState, processor: StateGraph, visit: Visit): Promise<Step> => {
  const { language } = visit
  const selector = state.ItemSelector ?? state.Parameters
  const attempt = async () => {
    const items = await language.items(state)
    const concurrency = Math.min((await maxConcurrency(state, visit)) || mostIterations, mostIterations)
    const limits = await failureLimits(state, visit)
    const forgiving = limits.count !== undefined || limits.percentage !== undefined
    const tolerates = tolerance(limits, items.length)
    const resumed = visit.takePlace()?.inner
    if (!resumed) visit.event('MapStateStarted', { length: items.length })
    const scopes: Scope[] = []

    const iterate = async (item: Json, index: number, signal: AbortSignal): Promise<Json> => {
      const place = resumed?.get(index)
      if (place && !('state' in place)) return place.output
      const map = { Item: { Index: index, Value: item } }
      const scope = (scopes[index] = innerScope(visit.scope, signal, map))
      if (place) scope.thread.last = place.lastId
      const event = (type: string) => scope.flow.history.add(scope.thread, type, { name: visit.name, index })
      if (!place) event('MapIterationStarted')
      try {
        const input = selector === undefined ? item : await language.fill(selector, 'ItemSelector', { map })
        const output = await (place ? resumeGraph(processor, place, scope) : runGraph(processor, input, scope))
        event('MapIterationSucceeded')
        return output
      } catch (error) {
        if (error instanceof Interruption) event('MapIterationAborted')
        if (!(error instanceof StateError)) throw error
        event('MapIterationFailed')
        if (!forgiving) throw error
        return tolerates(error)
      }
    }

    try {
      const result = visit.limited(await siblings(items, concurrency, visit.scope.signal, iterate))
      visit.event('MapStateSucceeded')
      return await leave(visit, state, result, { result })
    } finally {
      for (const scope of scopes) if (scope?.thread.open) scope.flow.history.add(scope.thread, scope.thread.open)
    }
  }
  return recover(visit, state, attempt, ({ error, cause }) => {
    if (error !== 'States.Runtime') visit.event('MapStateFailed', { error, cause })
  })
}
