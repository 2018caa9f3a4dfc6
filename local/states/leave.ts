import { payload } from './history.ts'
import type { Json, JsonObject } from './json.ts'
import type { Exit, Seen } from './language.ts'
import type { Visit } from './visit.ts'

/** How a state ends: what goes on, and where to; without `next` its graph is at its end. */
export interface Step {
  readonly output: Json
  readonly next: string | undefined
}

const text = (variables: JsonObject) =>
  Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, JSON.stringify(value)]))

/** Evaluates what leaves the state, against the variables as they were, then assigns and writes the exit. */
export const leave = async (visit: Visit, exit: Exit, result: Json, seen: Seen = {}): Promise<Step> => {
  const { assigned, output } = await visit.language.exit(exit, result, seen)
  visit.limited(output)
  Object.assign(visit.scope.variables, assigned)
  visit.event(`${visit.type}StateExited`, {
    name: visit.name,
    ...payload('output', output),
    ...(exit.Assign && { assignedVariables: text(assigned), assignedVariablesDetails: { truncated: false } }),
  })
  return { output, next: exit.Next }
}
