import { isObject } from '../json.ts'

/** A graph of states, where it lies, and the graph around it. */
export interface Graph {
  readonly location: string
  readonly startAt: unknown
  readonly states: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  readonly outer: Graph | undefined
  /** The Map or Parallel of `outer` in which this one lies. */
  readonly owner: string | undefined
}

const isState = (entry: [string, unknown]): entry is [string, Record<string, unknown>] => isObject(entry[1])

/** The machine's graph and those inside its Map and Parallel states, outer ones first. */
export const graphsOf = (value: unknown, location = '', outer?: Graph, owner?: string): Graph[] => {
  if (!isObject(value) || !isObject(value['States'])) return []
  const entries = Object.entries(value['States']).filter(isState)
  const states = Object.fromEntries(entries)
  const graph = { location, startAt: value['StartAt'], states, outer, owner }
  const inner = Object.entries(states).flatMap(([name, state]) => {
    const at = `${location}/States/${name}`
    const branches = Array.isArray(state['Branches']) ? state['Branches'] : []
    return [
      ...['ItemProcessor', 'Iterator'].flatMap((field) => graphsOf(state[field], `${at}/${field}`, graph, name)),
      ...branches.flatMap((branch, index) => graphsOf(branch, `${at}/Branches[${index}]`, graph, name)),
    ]
  })
  return [graph, ...inner]
}

const listed = (value: unknown) => (Array.isArray(value) ? value.filter(isObject) : [])

/** Every transition of a state, with where it is written. */
export const targetsOf = (
  state: Readonly<Record<string, unknown>>,
): { readonly field: string; readonly target: string }[] =>
  [
    ...['Next', 'Default'].map((field) => ({ field, target: state[field] })),
    ...['Catch', 'Choices'].flatMap((list) =>
      listed(state[list]).map((rule, index) => ({ field: `${list}[${index}]/Next`, target: rule['Next'] })),
    ),
  ].filter((transition): transition is { field: string; target: string } => typeof transition.target === 'string')

/**
 * Names that the states of a graph assign, without those of graphs inside, and who does.
 * AWS lets the Catch of a Parallel assign what its branches assign: `owner` leaves that state's catchers out.
 */
export const assignedIn = ({ states }: Graph, owner?: string): Map<string, string> => {
  const names = new Map<string, string>()
  for (const [state, fields] of Object.entries(states)) {
    const catchers = state === owner ? [] : listed(fields['Catch'])
    for (const exit of [fields, ...catchers, ...listed(fields['Choices'])]) {
      if (!isObject(exit['Assign'])) continue
      for (const name of Object.keys(exit['Assign'])) names.set(name.replace(/\.\$$/, ''), state)
    }
  }
  return names
}
