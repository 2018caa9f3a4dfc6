import { decimalToDouble } from '../expression/decimal.ts'
import { formatDate } from '../rows/parse-date.ts'
import { formatTimestamp } from '../rows/parse-timestamp.ts'
import type { Type, Value } from '../value.ts'

export type JsonValue = string | number | boolean | null

/**
 * A value of a type as JSON holds it: times and days as ISO 8601 text; integers beyond 2^53 and decimals beyond 15 digits
 * as the nearest double, as the model would take them. Takes what the online store gives, too: decimals and days as text.
 */
export const jsonValue = ({ type, scale = 0 }: Type, value: Value): JsonValue => {
  if (typeof value === 'bigint') {
    if (type === 'timestamp') return formatTimestamp(value)
    return type === 'decimal' ? decimalToDouble(value, scale) : Number(value)
  }
  if (type === 'decimal' && typeof value === 'string') return Number(value)
  return type === 'date' && typeof value === 'number' ? formatDate(value) : value
}
