import type { Value, Values } from '@hopline/pipeline'

/** Whether two values are the same bits: −0 is not 0. */
export const same = (a: Value, b: Value): boolean => Object.is(a, b)

/** Names of the columns in which two rows differ. */
export const differences = (names: readonly string[], a: Values, b: Values): string[] =>
  names.filter((name) => !same(a[name] ?? null, b[name] ?? null))

/** Values for people. */
export const shown = (row: Values): string =>
  JSON.stringify(row, (_, value: unknown) => {
    if (typeof value === 'bigint') return `${value}n`
    return typeof value === 'number' && (Object.is(value, -0) || !Number.isFinite(value))
      ? String(Object.is(value, -0) ? '-0' : value)
      : value
  })
