/**
 * A value as both stores take it: timestamps are microseconds and dates are days since 1970, a decimal is text,
 * a boolean is a boolean.
 */
export type Value = null | boolean | number | bigint | string | Buffer
