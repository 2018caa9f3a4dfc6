import type { MapState } from '../definition.ts'
import { Interruption, StateError } from '../errors.ts'
import { innerScope } from '../frame.ts'
import type { Scope } from '../frame.ts'
import type { Json } from '../json.ts'
import { leave } from '../leave.ts'
import type { Step } from '../leave.ts'
import { recover } from '../recover.ts'
import { runGraph } from '../run-graph.ts'
import type { Visit } from '../visit.ts'
import { siblings } from './siblings.ts'
import { tolerance } from './tolerance.ts'

/** AWS runs no more iterations of an inline Map at a time. */
const mostIterations = 40

const itemsOf = async (state: MapState, visit: Visit): Promise<readonly Json[]> => {
  if (state.Items !== undefined) return visit.array(state.Items, 'Items')
  if (Array.isArray(visit.input)) return visit.input
  throw visit.evaluationFailure(`Map state input must be an array but was: ${JSON.stringify(visit.input)}`, 'Items')
}

const concurrencyOf = async ({ MaxConcurrency }: MapState, visit: Visit) => {
  const most = MaxConcurrency === undefined ? 0 : await visit.number(MaxConcurrency, 'MaxConcurrency')
  if (Number.isInteger(most) && most >= 0) return Math.min(most || mostIterations, mostIterations)
  throw visit.evaluationFailure(
    `The MaxConcurrency field must be a non-negative integer but was: ${most}`,
    'MaxConcurrency',
  )
}

export const runMap = (state: MapState, visit: Visit): Promise<Step> => {
  const attempt = async () => {
    const items = await itemsOf(state, visit)
    const concurrency = await concurrencyOf(state, visit)
    const tolerates = await tolerance(state, visit, items.length)
    visit.event('MapStateStarted', { length: items.length })
    const scopes: Scope[] = []

    const iterate = async (item: Json, index: number, signal: AbortSignal): Promise<Json> => {
      const map = { Item: { Index: index, Value: item } }
      const scope = (scopes[index] = innerScope(visit.scope, signal, map))
      const event = (type: string) => scope.flow.history.add(scope.thread, type, { name: visit.name, index })
      event('MapIterationStarted')
      try {
        const selector = state.ItemSelector
        const input = selector === undefined ? item : await visit.fill(selector, 'ItemSelector', { map })
        const output = await runGraph(state.ItemProcessor, input, scope)
        event('MapIterationSucceeded')
        return output
      } catch (error) {
        if (error instanceof Interruption) event('MapIterationAborted')
        if (!(error instanceof StateError)) throw error
        event('MapIterationFailed')
        return tolerates(error)
      }
    }

    try {
      const result = visit.limited(await siblings(items, concurrency, visit.scope.signal, iterate))
      visit.event('MapStateSucceeded')
      return await leave(visit, state, result, { result })
    } finally {
      for (const { thread, flow } of scopes) if (thread.open) flow.history.add(thread, thread.open)
    }
  }
  return recover(visit, state, attempt, ({ error, cause }) => visit.event('MapStateFailed', { error, cause }))
}
