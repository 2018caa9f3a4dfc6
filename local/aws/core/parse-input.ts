import type * as z from 'zod'
import { constraint } from './constraint.ts'
import { AwsError } from './errors.ts'
import { ownErrorOf } from './own-error.ts'

const lowerFirst = (name: PropertyKey) => {
  const text = String(name)
  return typeof name === 'number' ? `${name + 1}.member` : text.charAt(0).toLowerCase() + text.slice(1)
}

const longestShown = 256
const sensitive = /secret|password|token|policy/i

/** The value that was given, unless it is long, a structure, or nothing for a log. */
const shown = ({ input, path }: z.core.$ZodIssue) => {
  const plain = typeof input === 'string' || typeof input === 'number' || typeof input === 'boolean'
  if (!plain || String(input).length > longestShown || path.some((name) => sensitive.test(String(name)))) return ''
  return ` '${input}'`
}

const problem = (issue: z.core.$ZodIssue) => {
  const path = issue.path.map(lowerFirst).join('.')
  if (issue.code === 'unrecognized_keys') {
    const where = path ? ` in '${path}'` : ''
    return issue.keys.map((key) => `Unknown member '${key}'${where}`).join('; ')
  }
  return `Value${shown(issue)} at '${path}' failed to satisfy constraint: ${constraint(issue)}`
}

/** The input as its schema has it, or AwsError: a constraint's own, or `code` with each member that does not fit. */
export const parseInput = <I>(schema: z.ZodType<I>, input: unknown, code = 'ValidationException'): I => {
  const { success, data, error } = schema.safeParse(input ?? {}, { reportInput: true })
  if (success) return data
  for (const issue of error.issues) {
    const own = ownErrorOf(issue)
    if (own) throw own
  }
  const problems = error.issues.map(problem)
  const count = problems.length === 1 ? '1 validation error' : `${problems.length} validation errors`
  throw new AwsError(code, `${count} detected: ${problems.join('; ')}`)
}
