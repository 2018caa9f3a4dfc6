import * as z from 'zod'
import { lengthOf } from '../columns.ts'
import type { Column, ColumnOptions } from '../columns.ts'
import { fitsInt } from '../expression/fit.ts'
import { parseTimestamp } from '../rows/parse-timestamp.ts'
import { readValue, tooLong } from '../rows/read-value.ts'
import { isRefusal } from '../rows/refusal.ts'
import type { Kind, Value, Values } from '../value.ts'
import type { Contract, RequestColumn } from './contract.ts'

type Field = z.ZodType<Value>

const bounded = (number: z.ZodNumber, { min, max }: RequestColumn) => {
  const above = min === undefined ? number : number.min(min)
  return max === undefined ? above : above.max(max)
}

const listed = <T extends string | number>(field: z.ZodType<T>, { oneOf }: RequestColumn) =>
  oneOf ? field.refine((value) => oneOf.includes(value), `none of ${oneOf.join(', ')}`) : field

const text = (column: RequestColumn): Field => {
  const length = lengthOf({ options: column.length === undefined ? {} : { length: column.length } })
  const field = z
    .string()
    .refine((value) => value.isWellFormed(), 'not well-formed Unicode')
    .refine((value) => !tooLong(value, length), `more than ${length} characters`)
  return listed(field, column)
}

const timestamp = ({ zone }: RequestColumn): Field =>
  z.string().transform((value, context) => {
    const parsed = parseTimestamp(value, zone)
    if (typeof parsed === 'bigint') return parsed
    context.addIssue({ code: 'custom', message: parsed.problem, input: value })
    return z.NEVER
  })

/** What JSON has no type of its own for is read as a file's value is. */
const read =
  (kind: Kind, json: z.ZodType<string | number>) =>
  ({ scale, min, max }: RequestColumn): Field => {
    const options: ColumnOptions = Object.fromEntries(
      Object.entries({ scale, min, max }).filter(([, option]) => option !== undefined),
    )
    const reader = readValue({ kind, options } satisfies Column)
    return json.transform((value, context) => {
      const result = reader(value)
      if (!isRefusal(result)) return result
      context.addIssue({ code: 'custom', message: result.detail, input: value })
      return z.NEVER
    })
  }

const fieldOf: Readonly<Record<Kind, (column: RequestColumn) => Field>> = {
  string: text,
  int: (column) => listed(bounded(z.number(), column).refine(fitsInt, 'not a whole number of 32 bits'), column),
  long: (column) => listed(bounded(z.int(), column), column).transform(BigInt),
  decimal: read('decimal', z.union([z.number(), z.string()])),
  double: (column) => bounded(z.number(), column),
  boolean: () => z.boolean(),
  timestamp,
  date: read('date', z.string()),
}

const field = (column: RequestColumn): Field => {
  const required = fieldOf[column.type](column)
  return column.nullable ? required.nullable().default(null) : required
}

/**
 * Parses a request as a caller sends it (JSON; timestamps and dates as ISO 8601 text, decimals as numbers or text) into
 * the values of its columns. Fields that the contract does not know are refused by name, those that may be null may be left
 * out; bounds are those of the columns.
 */
export const requestSchema = ({ request }: Pick<Contract, 'request'>): z.ZodType<Values> =>
  z.strictObject(Object.fromEntries(request.map((column) => [column.name, field(column)])))
