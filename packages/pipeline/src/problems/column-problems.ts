import type {
  Column,
  CommonOptions,
  DecimalOptions,
  NumberOptions,
  StringOptions,
  TimestampOptions,
  WholeOptions,
} from '../columns.ts'
import { lengthOf, typeOfColumn } from '../columns.ts'
import { decimalDigits, unitsOf } from '../expression/decimal.ts'
import { fitsInt } from '../expression/fit.ts'
import { tooLong } from '../rows/read-value.ts'
import type { Kind } from '../value.ts'
import type { Check } from './check.ts'
import { expected, flag, isRecord, listOf, number, object, oneOf, optional, string, text } from './check.ts'
import type { Report } from './report.ts'

const common = { column: optional(text), nullable: optional(flag), description: optional(text) }
const numeric = { ...common, unit: optional(text), min: optional(number), max: optional(number) }
const plain = object<CommonOptions>(common)
const whole = object<WholeOptions>({ ...numeric, oneOf: optional(listOf(number)) })

const optionsOf: Readonly<Record<Kind, Check>> = {
  string: object<StringOptions>({ ...common, length: optional(number), oneOf: optional(listOf(string)) }),
  int: whole,
  long: whole,
  decimal: object<DecimalOptions>({ ...numeric, scale: optional(number) }),
  double: object<NumberOptions>(numeric),
  boolean: plain,
  timestamp: object<TimestampOptions>({
    ...common,
    zone: optional(oneOf('UTC')),
    epoch: optional(oneOf('seconds', 'milliseconds', 'microseconds')),
  }),
  date: plain,
}

/** Whether a bound or a listed value is one that the column could hold. */
const holds = (column: Column, value: string | number): boolean => {
  if (typeof value === 'string') return column.kind === 'string' && !tooLong(value, lengthOf(column))
  if (column.kind === 'double') return Number.isFinite(value)
  if (column.kind === 'decimal') return unitsOf(String(value), typeOfColumn(column).scale ?? 0) !== undefined
  return column.kind === 'int' ? fitsInt(value) : column.kind === 'long' && Number.isSafeInteger(value)
}

const isColumn = (value: unknown): value is Column =>
  isRecord(value) && isRecord(value['options']) && Object.hasOwn(optionsOf, String(value['kind']))

/** What is wrong with a column of a source. */
export const columnProblems = (report: Report, column: unknown, path: string): void => {
  if (!isColumn(column)) return report.expect(false, path, expected('a column like int()', column))
  if (!optionsOf[column.kind](report, column.options, path)) return
  const { min, max, length, oneOf, scale } = column.options
  report.expect(min === undefined || max === undefined || min <= max, path, `min ${min} is above max ${max}`)
  for (const bound of [min, max]) {
    report.expect(
      bound === undefined || holds(column, bound),
      path,
      `the bound ${bound} is no ${column.kind}${column.kind === 'decimal' ? ' of this scale' : ''}`,
    )
  }
  report.expect(
    length === undefined || (Number.isInteger(length) && length >= 1 && length <= 1000),
    `${path}.length`,
    'must be a whole number from 1 to 1000',
  )
  report.expect(
    scale === undefined || (Number.isInteger(scale) && scale >= 0 && scale <= decimalDigits),
    `${path}.scale`,
    `must be a whole number from 0 to ${decimalDigits}`,
  )
  if (!oneOf) return
  report.expect(oneOf.length > 0, `${path}.oneOf`, 'needs a value')
  report.expect(new Set(oneOf).size === oneOf.length, `${path}.oneOf`, 'names a value twice')
  for (const value of oneOf) report.expect(holds(column, value), `${path}.oneOf`, `the column cannot hold '${value}'`)
}
