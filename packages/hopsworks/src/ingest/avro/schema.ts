import * as z from 'zod'
import { HopsworksMismatch } from '../../errors.ts'

/** Avro as Hopsworks writes it: a type, `[null, type]`, or the name of a record further up. */
export type AvroSchema =
  | string
  | readonly AvroSchema[]
  | { readonly type: 'array'; readonly items: AvroSchema }
  | { readonly type: 'map'; readonly values: AvroSchema }
  | RecordSchema
  | {
      readonly type: string
      readonly logicalType?: string | undefined
      readonly precision?: number | undefined
      readonly scale?: number | undefined
    }

export interface RecordSchema {
  readonly type: 'record'
  readonly name: string
  readonly namespace?: string | undefined
  readonly fields: readonly { readonly name: string; readonly type: AvroSchema }[]
}

const schema: z.ZodType<AvroSchema> = z.lazy(() =>
  z.union([
    z.string(),
    z.array(schema),
    z.object({ type: z.literal('array'), items: schema }),
    z.object({ type: z.literal('map'), values: schema }),
    record,
    z.object({
      type: z.string(),
      logicalType: z.string().optional(),
      precision: z.int().positive().optional(),
      scale: z.int().nonnegative().optional(),
    }),
  ]),
)

const record: z.ZodType<RecordSchema> = z.object({
  type: z.literal('record'),
  name: z.string(),
  namespace: z.string().optional(),
  fields: z.array(z.object({ name: z.string(), type: schema })),
})

/** The record that a subject's schema, a JSON text, describes. */
export function parseRecordSchema(text: string): RecordSchema {
  try {
    return record.parse(JSON.parse(text))
  } catch {
    throw new HopsworksMismatch("The group's subject holds no Avro record")
  }
}
