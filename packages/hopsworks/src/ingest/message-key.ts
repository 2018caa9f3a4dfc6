import { HopsworksBadRow } from '../errors.ts'
import type { Value, Values } from '../value.ts'
import { pythonDatetime } from './python-datetime.ts'

/**
 * The Kafka key of a row as the Python SDK makes it: Python's `str()` of the primary key's values, in alphabetical order
 * of their names, without a separator. Writers that spell a key differently lose the order of its rows.
 * @param primary the group's primary key; `type` is the offline type
 * @throws HopsworksBadRow from the function for a key that is null, or a time that Python does not know
 */
export function messageKey(
  primary: readonly { readonly name: string; readonly type: string }[],
): (row: Values) => string {
  const columns = primary
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, type }) => ({ name, str: strOf(type) }))
  return (row) => {
    let key = ''
    for (const { name, str } of columns) {
      const value = row[name]
      if (value === null || value === undefined) throw badKey(name, 'is null')
      if (!isScalar(value)) throw badKey(name, 'is no scalar')
      key += str(value, name)
    }
    return key
  }
}

type Scalar = string | number | bigint | boolean | Uint8Array

const isScalar = (value: Value): value is Scalar => typeof value !== 'object' || value instanceof Uint8Array

const badKey = (name: string, why: string) => new HopsworksBadRow(`A row's primary key ${name} ${why}`, { code: 'KEY' })

function strOf(type: string): (value: Scalar, name: string) => string {
  if (type === 'timestamp') {
    return (value, name) => {
      if (typeof value !== 'bigint') return pythonStr(value)
      if (value < firstMicros || value > lastMicros) throw badKey(name, 'lies outside of the years 1 to 9999')
      return pythonDatetime(value)
    }
  }
  if (type === 'date') return (value) => (typeof value === 'number' ? isoDay(value) : pythonStr(value))
  if (type === 'double' || type === 'float')
    return (value) => (typeof value === 'number' ? pythonFloat(value) : pythonStr(value))
  return pythonStr
}

function pythonStr(value: Scalar): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (value instanceof Uint8Array) return pythonBytes(value)
  return String(value)
}

const firstMicros = BigInt(Date.parse('0001-01-01T00:00:00Z')) * 1000n
const lastMicros = BigInt(Date.parse('9999-12-31T23:59:59.999Z')) * 1000n + 999n

const isoDay = (days: number) => new Date(days * 86_400_000).toISOString().slice(0, 10)

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

const escapes: Readonly<Record<string, string>> = { '\t': '\\t', '\n': '\\n', '\r': '\\r', '\\': '\\\\' }

/** `repr` of bytes, such as `b'\x00a'`: what `str()` of bytes is. */
function pythonBytes(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString('latin1')
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'"
  const body = text.replace(/[^ -~]|[\\'"]/g, (char) => {
    if (char === '"' || char === "'") return char === quote ? `\\${char}` : char
    return escapes[char] ?? `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`
  })
  return `b${quote}${body}${quote}`
}
