/** A feature's value. bigint: a 64-bit integer, or for timestamps the microseconds since 1970 UTC. */
export type Value = string | number | bigint | boolean | null

const timestamp = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.(\d{1,6})\d*)?Z?$/

/** A `YYYY-MM-DD HH:MM:SS[.ffffff]` of the vector server in microseconds UTC; undefined when it is none. */
export function parseTimestamp(text: string): bigint | undefined {
  const [, day, time, fraction = ''] = timestamp.exec(text) ?? []
  const seconds = Date.parse(`${day}T${time}Z`)
  return Number.isNaN(seconds) ? undefined : BigInt(seconds) * 1000n + BigInt(fraction.padEnd(6, '0'))
}

type Convert = (value: unknown) => Value | undefined

const integer: Convert = (value) => (typeof value === 'bigint' ? Number(value) : number(value))
const number: Convert = (value) => {
  if (typeof value === 'bigint') return Number(value)
  const parsed = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof parsed === 'number' ? parsed : undefined
}
const text: Convert = (value) => (typeof value === 'string' ? value : undefined)

const conversions: Readonly<Record<string, Convert>> = {
  tinyint: integer,
  smallint: integer,
  int: integer,
  bigint: (value) => (typeof value === 'bigint' ? value : undefined),
  float: number,
  double: number,
  decimal: (value) => (typeof value === 'string' ? value : number(value)), // text is exact
  boolean: (value) => {
    if (typeof value === 'boolean') return value
    return value === 1n || value === 0n ? value === 1n : undefined
  },
  timestamp: (value) => (typeof value === 'string' ? parseTimestamp(value) : undefined),
  date: text,
  string: text,
  binary: text,
}

/** A value of the reply by the feature's offline type; undefined when it does not fit the type. */
export function valueOf(type: string, value: unknown): Value | undefined {
  if (value === null || value === undefined) return null
  return (conversions[type.replace(/\(.*/, '')] ?? text)(value)
}
