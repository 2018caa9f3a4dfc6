import { lengthOf } from '../columns.ts'
import type { Column } from '../columns.ts'
import type { Kind, Type } from '../value.ts'
import type { RequestColumn } from './contract.ts'

/** JSON Schema, draft 2020-12, as OpenAPI 3.1 has it. */
export type JsonSchema = Readonly<Record<string, unknown>>

const given = (members: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined))

const largestLong = Number.MAX_SAFE_INTEGER // beyond it JSON's numbers lose digits

const schemaOf: Readonly<Record<Kind, (column: RequestColumn) => JsonSchema>> = {
  string: ({ length }) => ({
    type: 'string',
    maxLength: lengthOf({ options: length === undefined ? {} : { length } }),
  }),
  int: ({ min = -(2 ** 31), max = 2 ** 31 - 1 }) => ({ type: 'integer', minimum: min, maximum: max }),
  long: ({ min = -largestLong, max = largestLong }) => ({
    type: 'integer',
    format: 'int64',
    minimum: min,
    maximum: max,
  }),
  decimal: ({ min, max, scale = 0 }) => ({
    ...given({ minimum: min, maximum: max }),
    type: ['number', 'string'],
    pattern: `^[+-]?\\d+(\\.\\d{1,${Math.max(1, scale)}})?$`,
  }),
  double: ({ min, max }) => ({ type: 'number', ...given({ minimum: min, maximum: max }) }),
  boolean: () => ({ type: 'boolean' }),
  timestamp: () => ({ type: 'string', format: 'date-time' }),
  date: () => ({ type: 'string', format: 'date' }),
}

const orNull = ({ type, enum: values, ...schema }: JsonSchema): JsonSchema => ({
  ...schema,
  type: [type, 'null'].flat(),
  ...(Array.isArray(values) ? { enum: [...values, null] } : {}),
})

const wordsOf = ({ description, unit, zone }: Column['options']) =>
  [description, unit && `in ${unit}`, zone && `${zone} where it names no zone`]
    .filter((part) => part !== undefined)
    .join(', ')

/** What a caller may send in a column of the request; `options` are the column's own, for their words. */
export const requestColumnSchema = (column: RequestColumn, options: Column['options'] = {}): JsonSchema => {
  const words = wordsOf(options)
  const schema = {
    ...schemaOf[column.type](column),
    ...given({ enum: column.oneOf }),
    ...(words === '' ? {} : { description: words }),
  }
  return column.nullable ? orNull(schema) : schema
}

const values: Readonly<Record<Kind, JsonSchema>> = {
  string: { type: 'string' },
  int: { type: 'integer' },
  long: { type: 'integer' },
  decimal: { type: 'number' },
  double: { type: 'number' },
  boolean: { type: 'boolean' },
  timestamp: { type: 'string', format: 'date-time' },
  date: { type: 'string', format: 'date' },
}

/** What a feature of the vector is; any may be null. */
export const featureSchema = ({ type }: Type): JsonSchema => orNull(values[type])
