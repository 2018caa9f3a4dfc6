import type * as z from 'zod'
import { AwsError } from './errors.ts'

const lowerFirst = (name: PropertyKey) => {
  const text = String(name)
  return typeof name === 'number' ? `${name + 1}.member` : text.charAt(0).toLowerCase() + text.slice(1)
}

const problem = (issue: z.core.$ZodIssue) => {
  const path = issue.path.map(lowerFirst).join('.')
  if (issue.code === 'unrecognized_keys') {
    const where = path ? ` in '${path}'` : ''
    return issue.keys.map((key) => `Unknown member '${key}'${where}`).join('; ')
  }
  return `Value at '${path}' failed to satisfy constraint: ${issue.message}`
}

/** The input as its schema has it, or AwsError with `code` that names each member that does not fit. */
export const parseInput = <I>(schema: z.ZodType<I>, input: unknown, code = 'ValidationException'): I => {
  const { success, data, error } = schema.safeParse(input ?? {})
  if (success) return data
  const problems = error.issues.map(problem)
  const count = problems.length === 1 ? '1 validation error' : `${problems.length} validation errors`
  throw new AwsError(code, `${count} detected: ${problems.join('; ')}`)
}
