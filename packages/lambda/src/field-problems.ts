import type * as z from 'zod'

/** What is wrong with a field of a request or an event. */
export interface FieldProblem {
  field: string
  problem: string
}

const fieldOf = (path: readonly PropertyKey[]) =>
  path.reduce<string>((field, part) => {
    if (typeof part === 'number') return `${field}[${part}]`
    return field === '' ? String(part) : `${field}.${String(part)}`
  }, '')

/** The issues of a zod error, one for each field; an unknown field is named itself, and no value is repeated. */
export const fieldProblems = (error: z.ZodError, at: readonly PropertyKey[] = []): FieldProblem[] =>
  error.issues.flatMap((issue) => {
    const path = [...at, ...issue.path]
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({ field: fieldOf([...path, key]), problem: 'unknown field' }))
    }
    return [{ field: fieldOf(path), problem: issue.message }]
  })

/** The same on one line. */
export const inWords = (problems: readonly FieldProblem[]) =>
  problems.map(({ field, problem }) => (field === '' ? problem : `${field}: ${problem}`)).join('; ')
