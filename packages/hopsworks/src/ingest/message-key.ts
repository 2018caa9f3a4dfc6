import type { Values } from './values.ts'

/**
 * The Kafka key of a row as the Python SDK makes it: Python's `str()` of the primary key's values, in alphabetical order
 * of their names, without a separator. Writers that spell a key differently lose the order of its rows.
 * @param primary the group's primary key; `type` is the offline type
 */
export function messageKey(
  primary: readonly { readonly name: string; readonly type: string }[],
): (row: Values) => string {
  const columns = primary
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, type }) => ({ name, str: strOf(type) }))
  return (row) => {
    let key = ''
    for (const { name, str } of columns) key += str(row[name] ?? null)
    return key
  }
}

type Scalar = Values[string]

function strOf(type: string): (value: Scalar) => string {
  if (type === 'timestamp') return (value) => (typeof value === 'bigint' ? pythonDatetime(value) : pythonStr(value))
  if (type === 'double' || type === 'float')
    return (value) => (typeof value === 'number' ? pythonFloat(value) : pythonStr(value))
  return pythonStr
}

function pythonStr(value: Scalar): string {
  if (value === null) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  return String(value)
}

/** `str()` of a naive datetime: `YYYY-MM-DD HH:MM:SS`, and `.ffffff` only where the microseconds are not zero. */
function pythonDatetime(micros: bigint): string {
  const fraction = ((micros % 1_000_000n) + 1_000_000n) % 1_000_000n
  const seconds = new Date(Number((micros - fraction) / 1000n)).toISOString().slice(0, 19).replace('T', ' ')
  return fraction === 0n ? seconds : `${seconds}.${String(fraction).padStart(6, '0')}`
}

/** `repr` of a float: both languages print the shortest digits, but disagree on the exponent's form and where it begins. */
function pythonFloat(value: number): string {
  if (Number.isNaN(value)) return 'nan'
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf'
  if (Object.is(value, -0)) return '-0.0'
  const [digits = '', power = '0'] = value.toExponential().split('e')
  const exponent = Number(power)
  if (value !== 0 && (exponent < -4 || exponent >= 16)) {
    return `${digits}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`
  }
  const plain = String(value)
  return plain.includes('.') ? plain : `${plain}.0`
}
