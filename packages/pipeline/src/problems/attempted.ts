import { noExpression } from '../expression/build.ts'
import type { Node } from '../expression/node.ts'
import { expected, isExpression, isRecord } from './check.ts'
import type { Problem } from './invalid-pipeline.ts'

/** What a function is to give, and what stands in its place if it does not. */
interface Wanted<T> {
  readonly what: string
  readonly is: (value: unknown) => boolean
  readonly otherwise: T
}

export const anExpression: Wanted<{ readonly node: Node }> = {
  what: 'an expression',
  is: isExpression,
  otherwise: noExpression,
}

/** An object of such members. */
export const anObjectOf = <T>(members: string): Wanted<Readonly<Record<string, T>>> => ({
  what: `an object of ${members}`,
  is: isRecord,
  otherwise: {},
})

/** What a function of the user's makes of a row. Where it throws or makes something else, that is noted, to be listed with all that is wrong. */
export const attempted = <R, T>(
  problems: Problem[],
  path: string,
  { what, is, otherwise }: Wanted<T>,
  of: (row: R) => NoInfer<T>,
  row: () => R,
): T => {
  const note = (message: string) => {
    problems.push({ path, message })
    return otherwise
  }
  if (typeof of !== 'function') return note(expected('a function', of))
  try {
    const made = of(row())
    return is(made) ? made : note(expected(what, made))
  } catch (error) {
    return note(error instanceof Error ? error.message : String(error))
  }
}

/** Whether a part of a group could not be made: it is noted, and nothing else can be said of it. */
export const hasFailed = (
  group: { readonly name: string; readonly problems?: readonly Problem[] },
  part: string,
): boolean => group.problems?.some(({ path }) => path === `${group.name}.${part}`) ?? false
