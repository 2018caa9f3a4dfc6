import { kinds } from '../../json.ts'
import type { Json } from '../../json.ts'

const numbers = (value: Json): number[] => (kinds.array.is(value) ? value.filter(kinds.number.is) : [])
const sum = (value: Json) => numbers(value).reduce((total, number) => total + number, 0)

const ofNumbers =
  (compute: (value: Json) => number) =>
  (value: Json): Json | undefined =>
    numbers(value).length === 0 ? undefined : compute(value)

const length = (value: Json): Json | undefined => {
  if (kinds.array.is(value) || kinds.string.is(value)) return value.length
  return kinds.object.is(value) ? Object.keys(value).length : undefined
}

/** Functions that may end a path: `$.items.length()`; undefined for a value that they do not suit. */
export const functions: Readonly<Record<string, (value: Json) => Json | undefined>> = {
  length,
  sum: ofNumbers(sum),
  min: ofNumbers((value) => Math.min(...numbers(value))),
  max: ofNumbers((value) => Math.max(...numbers(value))),
  avg: ofNumbers((value) => sum(value) / numbers(value).length),
  keys: (value) => (kinds.object.is(value) ? Object.keys(value) : undefined),
}
