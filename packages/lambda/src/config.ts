import type * as z from 'zod'
import { InvalidConfig } from './errors.ts'
import { fieldProblems, inWords } from './field-problems.ts'

/** The environment as `schema` reads it. An empty string is a missing variable. Throws one {@link InvalidConfig} for all problems. */
export const parseConfig = <S extends z.ZodType>(schema: S, env: NodeJS.ProcessEnv = process.env): z.output<S> => {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const parsed = schema.safeParse(set)
  if (!parsed.success) throw new InvalidConfig(inWords(fieldProblems(parsed.error)))
  return parsed.data
}
