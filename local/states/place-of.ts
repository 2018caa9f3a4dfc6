import type { StateGraph } from './definition.ts'
import type { HistoryEvent } from './history.ts'
import type { Json } from './json.ts'
import type { Done, Place } from './place.ts'

interface Thread {
  state: { readonly state: string; readonly input: Json; readonly enteredId: number } | undefined
  output: Json
  lastId: number
  readonly variables: Record<string, Json>
  readonly inner: Map<number, Thread>
  mapRunArn: string | undefined
}

const begin = (): Thread => ({
  state: undefined,
  output: null,
  lastId: 0,
  variables: {},
  inner: new Map(),
  mapRunArn: undefined,
})

/** In which branch of its Parallel each state lies; names are unique in a machine. */
const branchesOf = ({ States }: StateGraph): [string, number][] =>
  Object.values(States).flatMap((state): [string, number][] => {
    if (state.Type === 'Parallel') {
      return state.Branches.flatMap((branch, index) => [
        ...Object.keys(branch.States).map((name): [string, number] => [name, index]),
        ...branchesOf(branch),
      ])
    }
    const processor = state.Type === 'Map' ? (state.ItemProcessor ?? state.Iterator) : undefined
    return processor ? branchesOf(processor) : []
  })

const text = (value: unknown) => (typeof value === 'string' ? value : 'null')
const parse = (value: unknown): Json => {
  const json: Json = JSON.parse(text(value))
  return json
}
const assignedIn = (details: Readonly<Record<string, unknown>>) =>
  Object.entries(details['assignedVariables'] ?? {}).map(([name, value]): [string, Json] => [name, parse(value)])

const apply = (thread: Thread, event: HistoryEvent) => {
  const { stateEnteredEventDetails: entered, stateExitedEventDetails: exited, mapRunStartedEventDetails: run } = event
  if (entered) {
    thread.state = { state: text(entered['name']), input: parse(entered['input']), enteredId: event.id }
    thread.inner.clear()
    thread.mapRunArn = undefined
  }
  if (exited) {
    thread.state = undefined
    thread.output = parse(exited['output'])
    Object.assign(thread.variables, Object.fromEntries(assignedIn(exited)))
  }
  if (event.type === 'ParallelStateStarted' || event.type === 'MapStateStarted') thread.inner.clear()
  if (run) thread.mapRunArn = text(run['mapRunArn'])
  thread.lastId = event.id
}

const placeIn = ({ state, output, inner, ...thread }: Thread): Place | Done =>
  state ? { ...thread, ...state, inner: new Map([...inner].map(([index, one]) => [index, placeIn(one)])) } : { output }

/**
 * Where an execution stood, read from its history: a state that was entered and not left is where it goes on.
 * Undefined when no state is left to go on with.
 */
export const placeOf = (definition: StateGraph, events: readonly HistoryEvent[]): Place | undefined => {
  const branches = new Map(branchesOf(definition))
  const root = begin()
  const threads = new Map<number, Thread>([[0, root]])
  const types = new Map<number, string>()
  const innerOf = (parent: Thread, index: number) => {
    const thread = parent.inner.get(index) ?? begin()
    parent.inner.set(index, thread)
    return thread
  }
  for (const event of events) {
    const parent = threads.get(event.previousEventId) ?? root
    let thread = parent
    const { mapIterationStartedEventDetails: iteration, stateEnteredEventDetails: entered } = event
    if (iteration) thread = innerOf(parent, Number(iteration['index']))
    else if (entered && types.get(event.previousEventId) === 'ParallelStateStarted') {
      thread = innerOf(parent, branches.get(text(entered['name'])) ?? 0)
    }
    apply(thread, event)
    threads.set(event.id, thread)
    types.set(event.id, event.type)
  }
  const place = placeIn(root)
  return 'state' in place ? place : undefined
}
