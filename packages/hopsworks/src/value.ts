/** A feature's value in a row. */
export type Value =
  | string
  | number
  | bigint
  | boolean
  | null
  | Uint8Array
  | readonly Value[]
  | { readonly [name: string]: Value }

/**
 * One row by feature name. Timestamps are bigint microseconds since 1970 UTC; 64-bit integers are bigint (a safe
 * integer as number is taken too); int, float and double are number; a date is `YYYY-MM-DD` or days since 1970; a
 * decimal is text such as `-12.30`, or the bigint of its units: -1230n at scale 2; binary is bytes. Arrays are arrays;
 * maps and structs are objects.
 */
export type Values = Readonly<Record<string, Value>>
