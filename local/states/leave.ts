import { payload } from './history.ts'
import type { Json, JsonObject } from './json.ts'
import type { Exit, Seen } from './language.ts'
import type { Visit } from './visit.ts'

/** How a state ends: what goes on, and where to; without `next` its graph is at its end. */
export interface Step {
  readonly output: Json
  readonly next: string | undefined
}

const mostVariableBytes = 10_485_760
const sizeOf = (value: Json) => Buffer.byteLength(JSON.stringify(value))

const text = (variables: JsonObject) =>
  Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, JSON.stringify(value)]))

/** Throws States.DataLimitExceeded for variables above 256 KiB, or above 10 MiB with all others of the execution. */
const remember = (visit: Visit, assigned: JsonObject) => {
  const { scope } = visit
  visit.limited(assigned)
  const replaced = Object.entries(scope.variables).filter(([name]) => Object.hasOwn(assigned, name))
  const bytes = scope.flow.variables.bytes + sizeOf(assigned) - sizeOf(Object.fromEntries(replaced))
  if (bytes > mostVariableBytes) {
    throw visit.failure(
      'States.DataLimitExceeded',
      'The total size of variables exceeds the maximum of 10485760 bytes.',
    )
  }
  scope.flow.variables.bytes = bytes
  Object.assign(scope.variables, assigned)
}

/** Evaluates what leaves the state, against the variables as they were, then assigns and writes the exit. */
export const leave = async (visit: Visit, exit: Exit, result: Json, seen: Seen = {}): Promise<Step> => {
  const { assigned, output } = await visit.language.exit(exit, result, seen)
  visit.limited(output)
  if (exit.Assign) remember(visit, assigned)
  visit.event(`${visit.type}StateExited`, {
    name: visit.name,
    ...payload('output', output),
    ...(exit.Assign && { assignedVariables: text(assigned), assignedVariablesDetails: { truncated: false } }),
  })
  return { output, next: exit.Next }
}
