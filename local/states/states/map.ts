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

const concurrencyOf = async (
  { MaxConcurrency: literal, MaxConcurrencyPath: path }: MapState,
  { language }: Visit,
): Promise<number> => {
  const field = 'MaxConcurrency'
  const most = (await language.number('integer', { field, literal, path })) ?? 0
  if (most >= 0) return Math.min(most || mostIterations, mostIterations)
  throw language.refusal(`The MaxConcurrency field must be a non-negative integer but was: ${most}`, field)
}

export const runMap = (state: MapState, visit: Visit): Promise<Step> => {
  const { language } = visit
  const processor = state.ItemProcessor ?? state.Iterator
  const selector = state.ItemSelector ?? state.Parameters
  if (!processor) throw visit.failure('States.Runtime', 'The state has no ItemProcessor.')
  const attempt = async () => {
    const items = await language.items(state)
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
        const input = selector === undefined ? item : await language.fill(selector, 'ItemSelector', { map })
        const output = await runGraph(processor, input, scope)
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
  return recover(visit, state, attempt, ({ error, cause }) => {
    if (error !== 'States.Runtime') visit.event('MapStateFailed', { error, cause })
  })
}
