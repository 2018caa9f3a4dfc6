import type { StateError } from '../errors.ts'
import type { Json, JsonObject } from '../json.ts'
import type { Sight } from '../language.ts'
import { parsePath } from './path/parse-path.ts'
import { NoResult, readPath } from './path/read-path.ts'
import type { Roots } from './path/read-path.ts'

/** What `$`, `$$` and variables are while one field is read. */
export const rootsOf =
  (sight: Sight, given: Json, map?: JsonObject): Roots =>
  (root) => {
    if (root === '$') return given
    if (root === '$$') return sight.context(map)
    const variables = sight.variables()
    const name = root.slice(1)
    return Object.hasOwn(variables, name) ? variables[name] : undefined
  }

/** Reads a path; `refuse` makes the error of one that leads nowhere from the reader's words. */
export const readOr = (path: string, roots: Roots, refuse: (reason: string) => StateError): Json => {
  try {
    return readPath(parsePath(path), roots)
  } catch (error) {
    throw error instanceof NoResult ? refuse(error.message) : error
  }
}

/** Reads InputPath, OutputPath, ItemsPath and other fields that are a path. Throws States.Runtime. */
export const readField = (sight: Sight, path: string, roots: Roots): Json =>
  readOr(path, roots, (reason) => sight.failure('States.Runtime', `Invalid path '${path}' : ${reason}`))
