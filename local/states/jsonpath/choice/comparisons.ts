import { kinds } from '../../json.ts'
import type { Json, Kind } from '../../json.ts'
import { parseTime } from '../../iso-time.ts'

/** Whether the variable's value stands in a relation to another. */
export type Comparison = (variable: Json, value: Json) => boolean

type Ordered = string | number

const relations: Readonly<Record<string, (a: Ordered, b: Ordered) => boolean>> = {
  Equals: (a, b) => a === b,
  LessThan: (a, b) => a < b,
  LessThanEquals: (a, b) => a <= b,
  GreaterThan: (a, b) => a > b,
  GreaterThanEquals: (a, b) => a >= b,
}

const as =
  <T extends Json>({ is }: Kind<T>) =>
  (value: Json): T | undefined =>
    is(value) ? value : undefined

/** How each family reads a value; undefined for one of another type, which compares as false. */
const families: Readonly<Record<string, (value: Json) => Ordered | undefined>> = {
  String: as(kinds.string),
  Numeric: as(kinds.number),
  Timestamp: (value) => (kinds.string.is(value) ? parseTime(value) : undefined),
}

const ordered = Object.entries(families).flatMap(([family, read]) =>
  Object.entries(relations).map(([relation, holds]): [string, Comparison] => {
    const compare: Comparison = (variable, value) => {
      const [a, b] = [read(variable), read(value)]
      return a !== undefined && b !== undefined && holds(a, b)
    }
    return [`${family}${relation}`, compare]
  }),
)

const booleanEquals: Comparison = (variable, value) => kinds.boolean.is(variable) && variable === value

/** Operators that have a twin with `Path`, by their names. */
export const comparisons: ReadonlyMap<string, Comparison> = new Map([...ordered, ['BooleanEquals', booleanEquals]])
