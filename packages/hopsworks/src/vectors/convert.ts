import type { Value } from '../value.ts'
import { bigintOf } from '../int64.ts'
import { parseTimestamp } from './timestamp-text.ts'

/** Makes a value of the reply, none of them null, one of its type; undefined when it does not fit. Numbers may come as text. */
export type Convert = (value: unknown) => Value | undefined

const number: Convert = (value) => {
  if (typeof value === 'number') return value
  const parsed = typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN
  return Number.isNaN(parsed) ? undefined : parsed
}
const integer: Convert = (value) => {
  const parsed = number(value)
  return Number.isInteger(parsed) ? parsed : undefined
}
const bigint: Convert = (value) => {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? bigintOf(value) : undefined
  return typeof value === 'string' && /^-?\d+$/.test(value) ? BigInt(value) : undefined
}
const text: Convert = (value) => (typeof value === 'string' ? value : undefined)

const isoDay = (days: number) => new Date(days * 86_400_000).toISOString().slice(0, 10)

const scalars: Readonly<Record<string, Convert>> = {
  tinyint: integer,
  smallint: integer,
  int: integer,
  bigint,
  float: number,
  double: number,
  boolean: (value) => {
    if (typeof value === 'boolean') return value
    const bit = number(value)
    return bit === 1 || bit === 0 ? bit === 1 : undefined
  },
  // inside of arrays they are numbers
  timestamp: (value) => (typeof value === 'string' ? parseTimestamp(value) : undefined) ?? bigint(value),
  date: (value) => {
    const days = integer(value)
    return typeof days === 'number' ? isoDay(days) : text(value)
  },
  string: text,
  binary: (value) => (typeof value === 'string' ? Buffer.from(value, 'base64') : undefined),
}

const known = new Map<string, Convert>()
const mostKnown = 1_000

/** How values of an offline type are read, such as `array<struct<x:int,y:decimal(10,2)>>`. */
export function convertTo(type: string): Convert {
  const found = known.get(type)
  if (found) return found
  const made = converter(type.replace(/\s/g, ''))
  if (known.size >= mostKnown) known.clear()
  known.set(type, made)
  return made
}

function converter(type: string): Convert {
  const [, name = type, inside = ''] = /^(\w+)[<(](.*)[>)]$/.exec(type) ?? []
  switch (name) {
    case 'array':
      return arrayOf(convertTo(inside))
    case 'map':
      return mapOf(convertTo(parts(inside)[1] ?? ''))
    case 'struct':
      return structOf(parts(inside))
    case 'decimal':
      return decimal(...decimalDigits(inside))
    default:
      return scalars[name] ?? text
  }
}

/** Of a value inside of another. */
function convertInner(convert: Convert, value: unknown): Value | undefined {
  const bare = withoutTag(value)
  return bare === null || bare === undefined ? null : convert(bare)
}

const mostExactDigits = 15

/** Text, exact. A number of up to 15 digits is exact as well, but lacks the zeros at its end. */
const decimal =
  (precision: number, scale: number): Convert =>
  (value) => {
    if (typeof value === 'number') return precision > mostExactDigits ? undefined : value.toFixed(scale)
    return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? value : undefined
  }

const decimalDigits = (inside: string): [precision: number, scale: number] => {
  const [precision = 10, scale = 0] = inside === '' ? [] : inside.split(',').map(Number)
  return [precision, scale]
}

const arrayOf =
  (item: Convert): Convert =>
  (value) => {
    if (!Array.isArray(value)) return undefined
    const items: Value[] = []
    for (const one of value) {
      const converted = convertInner(item, one)
      if (converted === undefined) return undefined
      items.push(converted)
    }
    return items
  }

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const mapOf =
  (item: Convert): Convert =>
  (value) =>
    isObject(value) ? object(Object.entries(value).map(([key, one]) => [key, convertInner(item, one)])) : undefined

function structOf(fields: readonly string[]): Convert {
  const converts = fields.map((field) => {
    const colon = field.indexOf(':')
    return { name: field.slice(0, colon), convert: convertTo(field.slice(colon + 1)) }
  })
  return (value) =>
    isObject(value)
      ? object(converts.map(({ name, convert }) => [name, convertInner(convert, value[name])]))
      : undefined
}

function object(entries: readonly (readonly [string, Value | undefined])[]): Value | undefined {
  const values: Record<string, Value> = {}
  for (const [name, value] of entries) {
    if (value === undefined) return undefined
    Object.defineProperty(values, name, { value, enumerable: true, writable: true, configurable: true })
  }
  return values
}

const tags = new Set(['int', 'long', 'float', 'double', 'boolean', 'string', 'bytes', 'array', 'map'])

/** Some servers tag the members of Avro's unions, `{"double": 1.5}` for 1.5. */
function withoutTag(value: unknown): unknown {
  if (!isObject(value)) return value
  const [tag = '', ...others] = Object.keys(value)
  return others.length === 0 && tags.has(tag) ? value[tag] : value
}

/** `a:int,b:map<string,int>` at its outer commas. */
function parts(inside: string): string[] {
  const found = ['']
  let depth = 0
  for (const char of inside) {
    if (char === '<' || char === '(') depth += 1
    if (char === '>' || char === ')') depth -= 1
    if (char === ',' && depth === 0) found.push('')
    else found[found.length - 1] += char
  }
  return found
}
