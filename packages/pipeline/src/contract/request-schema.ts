import * as z from 'zod'
import { fitsInt } from '../expression/fit.ts'
import type { AnyPipeline } from '../pipeline.ts'
import { parseTimestamp } from '../rows/parse-timestamp.ts'
import { tooLong } from '../rows/read-value.ts'
import type { Kind, Value, Values } from '../value.ts'
import { contractOf } from './contract-of.ts'
import type { RequestColumn } from './contract.ts'

type Field = z.ZodType<Value>

const bounded = (number: z.ZodNumber, { min, max }: RequestColumn) => {
  const above = min === undefined ? number : number.min(min)
  return max === undefined ? above : above.max(max)
}

const text = ({ length = 100, oneOf }: RequestColumn): Field =>
  z
    .string()
    .refine((value) => !tooLong(value, length), `more than ${length} characters`)
    .refine((value) => !oneOf || oneOf.includes(value), `none of ${oneOf?.join(', ')}`)

const timestamp = ({ zone }: RequestColumn): Field =>
  z.string().transform((value, context) => {
    const parsed = parseTimestamp(value, zone)
    if ('micros' in parsed) return parsed.micros
    context.addIssue({ code: 'custom', message: parsed.problem, input: value })
    return z.NEVER
  })

const fieldOf: Readonly<Record<Kind, (column: RequestColumn) => Field>> = {
  string: text,
  int: (column) => bounded(z.number(), column).refine(fitsInt, 'not a whole number of 32 bits'),
  long: (column) => bounded(z.int(), column).transform(BigInt),
  double: (column) => bounded(z.number(), column),
  boolean: () => z.boolean(),
  timestamp,
}

const field = (column: RequestColumn): Field => {
  const required = fieldOf[column.type](column)
  return column.nullable ? required.nullable() : required
}

/**
 * Parses a request as a caller sends it (JSON, timestamps as ISO 8601 text) into the values of its columns. Fields that
 * the contract does not know are refused by name; bounds are those of the columns.
 */
export const requestSchema = (pipeline: AnyPipeline): z.ZodType<Values> =>
  z.strictObject(Object.fromEntries(contractOf(pipeline).request.map((column) => [column.name, field(column)])))
