import type { Json } from '../json.ts'
import type { Sight } from '../language.ts'
import { readField, rootsOf } from './paths.ts'

/** The part of a value that InputPath or OutputPath selects; null selects an empty object. */
export const selected = (sight: Sight, path: string | null | undefined, value: Json): Json => {
  if (path === undefined) return value
  return path === null ? {} : readField(sight, path, rootsOf(sight, value))
}
