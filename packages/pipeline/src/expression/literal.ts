import { parseDate } from '../rows/parse-date.ts'
import { parseTimestamp } from '../rows/parse-timestamp.ts'
import type { Type, Value } from '../value.ts'
import { parseDecimal, unitsOf } from './decimal.ts'
import { fitsInt, fitsLong } from './fit.ts'
import type { LiteralNode } from './node.ts'

/** A constant beside an expression of a type: text stands for a decimal, an instant or a day where that is one. Anything else is none. */
export const literal = (value: string | number | bigint | boolean, beside: Type): LiteralNode => {
  if (typeof value === 'boolean') return { op: 'literal', type: 'boolean', value }
  if (typeof value === 'bigint') return { op: 'literal', type: 'long', value: String(value) }
  if (typeof value === 'number') return { op: 'literal', type: fitsInt(value) ? 'int' : 'double', value }
  if (typeof value !== 'string') return { op: 'literal', type: beside.type, value }
  if (beside.type === 'decimal') {
    return { op: 'literal', type: 'decimal', scale: parseDecimal(value)?.scale ?? 0, value }
  }
  return { op: 'literal', type: beside.type === 'timestamp' || beside.type === 'date' ? beside.type : 'string', value }
}

/** The value of a constant; undefined if it is none of its type. */
export const valueOf = ({ type, scale = 0, value }: LiteralNode): Value | undefined => {
  if (typeof value === 'boolean') return type === 'boolean' ? value : undefined
  if (typeof value === 'number') {
    return type === 'int' ? whole(value) : type === 'double' && Number.isFinite(value) ? value + 0 : undefined
  }
  if (typeof value !== 'string') return undefined
  switch (type) {
    case 'string':
      return value.isWellFormed() ? value : undefined
    case 'long':
      return /^-?\d{1,19}$/.test(value) && fitsLong(BigInt(value)) ? BigInt(value) : undefined
    case 'decimal':
      return unitsOf(value, scale)
    case 'timestamp': {
      const parsed = parseTimestamp(value)
      return typeof parsed === 'bigint' ? parsed : undefined
    }
    case 'date':
      return parseDate(value)
    default:
      return undefined
  }
}

const whole = (value: number) => (fitsInt(value) ? value + 0 : undefined)
