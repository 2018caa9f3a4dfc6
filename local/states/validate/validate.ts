import type { StateMachine } from '../definition.ts'
import { isObject } from '../json.ts'
import { assignedIn, graphsOf, targetsOf } from './graphs.ts'
import type { Graph } from './graphs.ts'
import { invalid } from './problem.ts'
import type { Problem, Report } from './problem.ts'
import { jsonataFields } from './jsonata-fields.ts'
import { jsonpathFields } from './jsonpath-fields.ts'
import { anything, fields, integer, oneOf, text } from './values.ts'

const longestName = 80
const withoutTransition = new Set(['Choice', 'Succeed', 'Fail'])

const languages = ['JSONPath', 'JSONata']

const machineFields = fields(
  {
    Comment: text,
    QueryLanguage: oneOf(...languages),
    StartAt: text,
    States: anything,
    TimeoutSeconds: integer(1, 99_999_999),
    Version: text,
  },
  ['StartAt', 'States'],
)

const checkStates = ({ location, states }: Graph, machineLanguage: unknown, report: Report) => {
  for (const [name, state] of Object.entries(states)) {
    const at = `${location}/States/${name}`
    const type = String(state['Type'])
    const language = state['QueryLanguage'] ?? machineLanguage
    if (name.length > longestName) report(invalid, `A state's name has at most ${longestName} characters`, at)
    if (machineLanguage === 'JSONata' && language !== 'JSONata') {
      report(invalid, "Only 'JSONata' is allowed in a JSONata state machine", `${at}/QueryLanguage`)
    }
    if (state['QueryLanguage'] !== undefined) {
      oneOf(...languages)(language, `${at}/QueryLanguage`, report)
    }
    const known = language === 'JSONata' ? jsonataFields : jsonpathFields
    const check = Object.hasOwn(known, type) ? known[type] : undefined
    if (!check) {
      report(invalid, `'${type}' is not one of the supported types: [${Object.keys(known).join(', ')}]`, `${at}/Type`)
      continue
    }
    check(state, at, report)
    if (!withoutTransition.has(type) && (state['Next'] !== undefined) === (state['End'] === true)) {
      report(invalid, "Exactly one of 'Next' and 'End: true' is required", at)
    }
  }
}

const checkTransitions = ({ location, startAt, states }: Graph, report: Report) => {
  if (typeof startAt === 'string' && !Object.hasOwn(states, startAt)) {
    report('MISSING_TRANSITION_TARGET', `Missing 'Next' target: ${startAt}`, `${location}/StartAt`)
  }
  const reached = new Set<string>()
  const reach = (name: string) => {
    const state = states[name]
    if (!state || reached.has(name)) return
    reached.add(name)
    for (const { target } of targetsOf(state)) reach(target)
  }
  reach(String(startAt))
  for (const [name, state] of Object.entries(states)) {
    const at = `${location}/States/${name}`
    for (const { field, target } of targetsOf(state)) {
      if (!Object.hasOwn(states, target))
        report('MISSING_TRANSITION_TARGET', `Missing 'Next' target: ${target}`, `${at}/${field}`)
    }
    if (typeof startAt === 'string' && Object.hasOwn(states, startAt) && !reached.has(name)) {
      report('MISSING_TRANSITION_TARGET', `State "${name}" is not reachable.`, at)
    }
  }
  const ends = Object.values(states).some(
    (state) => state['End'] === true || state['Type'] === 'Succeed' || state['Type'] === 'Fail',
  )
  if (!ends) report('MISSING_END_STATE', 'No terminal state', `${location}/States`)
}

const checkNames = (graphs: readonly Graph[], report: Report) => {
  const seen = new Set<string>()
  for (const { location, states } of graphs) {
    for (const name of Object.keys(states)) {
      if (seen.has(name)) report('DUPLICATE_STATE_NAME', `Duplicate State name: ${name}`, `${location}/States/${name}`)
      seen.add(name)
    }
  }
}

/** A variable that an outer scope assigns can be read, not assigned, in an inner one. */
const checkScopes = (graph: Graph, report: Report) => {
  const own = assignedIn(graph)
  for (let inner = graph; inner.outer; inner = inner.outer) {
    for (const name of assignedIn(inner.outer, inner.owner).keys()) {
      const state = own.get(name)
      if (state === undefined) continue
      const at = `${graph.location}/States/${state}`
      report('DUPLICATE_VARIABLE', `The variable '${name}' is already assigned in an outer scope`, at)
    }
  }
}

/** Everything that is wrong with a definition (parsed JSON); empty for a machine that can run. */
export const validate = (definition: unknown): Problem[] => {
  const problems: Problem[] = []
  const report: Report = (code, message, location) => problems.push({ severity: 'ERROR', code, message, location })
  if (!isObject(definition)) {
    report(invalid, 'Expected value of type Object', '/')
    return problems
  }
  machineFields(definition, '', report)
  const graphs = graphsOf(definition)
  for (const graph of graphs) {
    checkStates(graph, definition['QueryLanguage'] ?? 'JSONPath', report)
    checkTransitions(graph, report)
    checkScopes(graph, report)
  }
  checkNames(graphs, report)
  return problems
}

/** Whether a definition (parsed JSON) has nothing wrong with it. */
export const isStateMachine = (definition: unknown): definition is StateMachine => validate(definition).length === 0
