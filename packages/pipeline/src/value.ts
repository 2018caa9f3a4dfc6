/**
 * What a column or a feature can be: 32-bit and 64-bit integers, decimals of at most 18 digits, finite doubles, instants
 * in microseconds (UTC), days of the calendar.
 */
export type Kind = 'string' | 'int' | 'long' | 'decimal' | 'double' | 'boolean' | 'timestamp' | 'date'

/**
 * `int` and `double` are numbers, `long` is a bigint, `decimal` a bigint of units of its scale (12.34 of scale 2 is
 * 1234n), `timestamp` a bigint of microseconds since 1970 (UTC), `date` a number of days since 1970-01-01.
 */
export type Value = string | number | bigint | boolean | null

/** A row by name: columns, features, or both. */
export type Values = Record<string, Value>

/** A kind and, of a decimal, its digits after the point. */
export interface Type {
  readonly type: Kind
  readonly scale?: number
}

/** A value as JSON holds it; timestamps and dates are ISO 8601 text. */
export type JsonOf<K extends Kind> = K extends 'int' | 'long' | 'decimal' | 'double'
  ? number
  : K extends 'boolean'
    ? boolean
    : string
