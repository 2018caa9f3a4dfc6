import type { MapState, ResultWriter } from '../definition.ts'
import { batchesOf } from '../distributed/batches.ts'
import type { Batch, MapRun } from '../distributed/map-runs.ts'
import { Interruption, StateError } from '../errors.ts'
import type { Json } from '../json.ts'
import type { Visit } from '../visit.ts'
import { tolerance } from './failure-limits.ts'
import type { FailureLimits } from './failure-limits.ts'
import { itemBatcher } from './item-batcher.ts'
import { siblings } from './siblings.ts'

/** AWS runs no more child executions of a Map Run at a time. */
const mostChildren = 10_000

/** The inputs of all children: items, selected, then batched. */
export const batchesFor = async (state: MapState, visit: Visit, items: readonly Json[]): Promise<Batch[]> => {
  const selector = state.ItemSelector ?? state.Parameters
  const selected: Json[] = []
  for (const [index, item] of items.entries()) {
    const map = { Item: { Index: index, Value: item } }
    selected.push(selector === undefined ? item : await visit.language.fill(selector, 'ItemSelector', { map }))
  }
  return batchesOf(selected, state.ItemBatcher && (await itemBatcher(state.ItemBatcher, visit)))
}

export interface Limits extends FailureLimits {
  readonly concurrency: number
}

export const writeResults = async (run: MapRun, writer: ResultWriter, { language }: Visit): Promise<Json> =>
  run.write({
    resource: writer.Resource,
    arguments: await language.fill(writer.Arguments ?? writer.Parameters ?? {}, 'ResultWriter/Arguments'),
    config: writer.WriterConfig ?? {},
  })

/** Runs every child; the first one beyond the tolerated failures stops the others. */
export const runChildren = (
  run: MapRun,
  batches: readonly Batch[],
  limits: Limits,
  signal: AbortSignal,
): Promise<Json[]> => {
  const tolerates = tolerance(
    limits,
    batches.reduce((sum, { items }) => sum + items, 0),
  )
  return siblings(
    batches,
    Math.min(limits.concurrency || mostChildren, mostChildren),
    signal,
    async ({ items }, index, stopped) => {
      const outcome = await run.child(index, stopped)
      return outcome.status === 'SUCCEEDED' ? outcome.output : tolerates(outcome, items)
    },
  )
}

/** Ends a Map Run as its work ends, and writes that into the history. */
export const concluded = async (run: MapRun, visit: Visit, work: () => Promise<Json>): Promise<Json> => {
  try {
    const result = visit.limited(await work())
    run.end('SUCCEEDED')
    visit.event('MapRunSucceeded')
    return result
  } catch (error) {
    if (error instanceof Interruption) {
      run.end('ABORTED')
      visit.event('MapRunAborted')
    } else if (error instanceof StateError) {
      run.end('FAILED')
      visit.event('MapRunFailed', { error: error.error, cause: error.cause })
    }
    throw error
  }
}
