import type { Json } from '../json.ts'
import type { Sight } from '../language.ts'
import { parsePath } from './path/parse-path.ts'
import { NoPlace, placeAt } from './path/place-at.ts'

/** Where ResultPath puts a result in the state's input; null leaves the input as it is. */
export const placed = (sight: Sight, path: string | null | undefined, result: Json): Json => {
  if (path === undefined) return result
  if (path === null) return sight.input
  try {
    return placeAt(sight.input, parsePath(path).segments, result)
  } catch (error) {
    if (!(error instanceof NoPlace)) throw error
    const message = `Unable to apply ReferencePath ${path} to input ${JSON.stringify(sight.input)}`
    throw sight.failure('States.ResultPathMatchFailure', message)
  }
}
