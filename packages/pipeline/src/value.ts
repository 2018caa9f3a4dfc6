/** What a column or a feature can be: 32-bit and 64-bit integers, finite doubles, instants in microseconds (UTC). */
export type Kind = 'string' | 'int' | 'long' | 'double' | 'boolean' | 'timestamp'

/** `int` and `double` are numbers, `long` is a bigint, `timestamp` is a bigint of microseconds since 1970 (UTC). */
export type Value = string | number | bigint | boolean | null

/** A row by name: columns, features, or both. */
export type Values = Record<string, Value>

/** A value as a caller sends it and as JSON holds it; a timestamp is ISO 8601 text. */
export type JsonOf<K extends Kind> = K extends 'int' | 'long' | 'double'
  ? number
  : K extends 'boolean'
    ? boolean
    : string
