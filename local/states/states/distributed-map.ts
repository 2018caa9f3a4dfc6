import { createHash } from 'node:crypto'
import type { MapState, StateGraph } from '../definition.ts'
import { StateError } from '../errors.ts'
import { leave } from '../leave.ts'
import type { Step } from '../leave.ts'
import { recover } from '../recover.ts'
import type { Visit } from '../visit.ts'
import { exceeded, failureLimits } from './failure-limits.ts'
import { itemReader } from './item-reader.ts'
import { batchesFor, concluded, runChildren, writeResults } from './map-run.ts'
import { maxConcurrency } from './max-concurrency.ts'

/** The same for every execution of the machine, as AWS's own made-up labels are. */
const labelOf = ({ Label }: MapState, name: string) =>
  Label ?? createHash('sha256').update(name).digest('hex').slice(0, 32)

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
