import { createHash } from 'node:crypto'
import type { MapState, ResultWriter, StateGraph } from '../definition.ts'
import { batchesOf } from '../distributed/batches.ts'
import type { Batch, MapRun } from '../distributed/map-runs.ts'
import { Interruption, StateError } from '../errors.ts'
import type { Json } from '../json.ts'
import { leave } from '../leave.ts'
import type { Step } from '../leave.ts'
import { recover } from '../recover.ts'
import type { Visit } from '../visit.ts'
import { exceeded, failureLimits, tolerance } from './failure-limits.ts'
import type { FailureLimits } from './failure-limits.ts'
import { itemBatcher } from './item-batcher.ts'
import { itemReader } from './item-reader.ts'
import { maxConcurrency } from './max-concurrency.ts'
import { siblings } from './siblings.ts'

/** AWS runs no more child executions of a Map Run at a time. */
const mostChildren = 10_000

/** The same for every execution of the machine, as AWS's own made-up labels are. */
const labelOf = ({ Label }: MapState, name: string) =>
  Label ?? createHash('sha256').update(name).digest('hex').slice(0, 32)

/** The inputs of all children: items, selected, then batched. */
const batchesFor = async (state: MapState, visit: Visit, items: readonly Json[]): Promise<Batch[]> => {
  const selector = state.ItemSelector ?? state.Parameters
  const selected: Json[] = []
  for (const [index, item] of items.entries()) {
    const map = { Item: { Index: index, Value: item } }
    selected.push(selector === undefined ? item : await visit.language.fill(selector, 'ItemSelector', { map }))
  }
  return batchesOf(selected, state.ItemBatcher && (await itemBatcher(state.ItemBatcher, visit)))
}

interface Limits extends FailureLimits {
  readonly concurrency: number
}

const writeResults = async (run: MapRun, writer: ResultWriter, { language }: Visit): Promise<Json> =>
  run.write({
    resource: writer.Resource,
    arguments: await language.fill(writer.Arguments ?? writer.Parameters ?? {}, 'ResultWriter/Arguments'),
    config: writer.WriterConfig ?? {},
  })

/** Runs every child; the first one beyond the tolerated failures stops the others. */
const runChildren = (run: MapRun, batches: readonly Batch[], limits: Limits, signal: AbortSignal): Promise<Json[]> => {
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
const concluded = async (run: MapRun, visit: Visit, work: () => Promise<Json>): Promise<Json> => {
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

/** Each item, or batch of items, becomes a child execution with a history of its own. */
export const runDistributedMap = (state: MapState, graph: StateGraph, visit: Visit): Promise<Step> => {
  const { language, scope } = visit
  const { ItemReader: reader, ResultWriter: writer } = state

  const attempt = async () => {
    const given = reader ? undefined : await language.items(state)
    const concurrency = await maxConcurrency(state, visit)
    const place = visit.takePlace()
    if (!place) visit.event('MapStateStarted', { length: given?.length ?? 0 })
    const limits = await failureLimits(state, visit)
    const plan = {
      label: labelOf(state, visit.name),
      graph,
      executionType: graph.ProcessorConfig?.ExecutionType ?? 'STANDARD',
      maxConcurrency: concurrency,
      toleratedFailureCount: limits.count ?? 0,
      toleratedFailurePercentage: limits.percentage ?? 0,
    }
    const { mapRuns } = scope.flow
    const run = place?.mapRunArn === undefined ? mapRuns.start(plan) : mapRuns.redrive(place.mapRunArn, plan)
    const { arn: mapRunArn, redriveCount } = run
    if (redriveCount > 0) visit.event('MapRunRedriven', { mapRunArn, redriveCount })
    else visit.event('MapRunStarted', { mapRunArn })

    const batches = async () => {
      const items = given ?? (reader ? await run.read(await itemReader(reader, visit)) : [])
      const made = await batchesFor(state, visit, items)
      run.begin(made)
      return made
    }
    const result = await concluded(run, visit, async () => {
      const children = run.batches ?? (await batches())
      const write = writer && (() => writeResults(run, writer, visit))
      try {
        const outputs = await runChildren(run, children, { ...limits, concurrency }, scope.signal)
        return write ? await write() : outputs
      } catch (error) {
        const failed = error instanceof StateError && error.error === exceeded
        if (failed && writer?.Resource !== undefined) await write?.()
        throw error
      }
    })
    visit.event('MapStateSucceeded')
    return leave(visit, state, result, { result })
  }

  return recover(visit, state, attempt, ({ error, cause }) => {
    if (error !== 'States.Runtime') visit.event('MapStateFailed', { error, cause })
  })
}
