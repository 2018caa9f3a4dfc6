import { kinds } from '../../json.ts'
import type { Json } from '../../json.ts'
import type { Segment } from './path.ts'

/** A reference path does not fit the value that it should write into. */
export class NoPlace extends Error {
  override readonly name = 'NoPlace'
}

/** `into` with `value` at the end of a reference path; objects that are missing on the way are made. */
export const placeAt = (into: Json | undefined, [first, ...rest]: readonly Segment[], value: Json): Json => {
  if (!first) return value
  if (first.kind === 'name' && (into === undefined || kinds.object.is(into))) {
    const inner = into !== undefined && Object.hasOwn(into, first.name) ? into[first.name] : undefined
    return { ...into, [first.name]: placeAt(inner, rest, value) }
  }
  if (first.kind === 'index' && into !== undefined && kinds.array.is(into)) {
    const inner = into[first.index]
    if (inner !== undefined) return into.with(first.index, placeAt(inner, rest, value))
  }
  throw new NoPlace()
}
