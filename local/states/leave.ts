import type { Template } from './definition.ts'
import type { Json, JsonObject } from './json.ts'
import { payload } from './history.ts'
import type { Seen, Visit } from './visit.ts'

/** How a state ends: what goes on, and where to; without `next` its graph is at its end. */
export interface Step {
  readonly output: Json
  readonly next: string | undefined
}

/** Fields that say what leaves a state: of the state itself, of a catcher, of a choice rule. */
export interface Exit {
  readonly Output?: Template
  readonly Assign?: JsonObject
  readonly Next?: string
}

const text = (variables: JsonObject) =>
  Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, JSON.stringify(value)]))

/** Evaluates Output and Assign, both against the variables as they were, then assigns and writes the exit. */
export const leave = async (visit: Visit, exit: Exit, otherwise: Json, seen: Seen = {}): Promise<Step> => {
  const assigned = await visit.members(exit.Assign ?? {}, 'Assign', seen)
  const output = visit.limited(exit.Output === undefined ? otherwise : await visit.fill(exit.Output, 'Output', seen))
  Object.assign(visit.scope.variables, assigned)
  visit.event(`${visit.type}StateExited`, {
    name: visit.name,
    ...payload('output', output),
    ...(exit.Assign && { assignedVariables: text(assigned), assignedVariablesDetails: { truncated: false } }),
  })
  return { output, next: exit.Next }
}
