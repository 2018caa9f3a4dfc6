import * as z from 'zod'

/** Properties as templates write them: a parameter's value is text where a number or a flag is meant, and the reverse. */
export const text = z.preprocess(
  (value) => (typeof value === 'number' || typeof value === 'boolean' ? String(value) : value),
  z.string(),
)

export const number = z.preprocess(
  (value) => (typeof value === 'string' && value.trim() !== '' ? Number(value) : value),
  z.number(),
)

export const flag = z.preprocess((value) => (value === 'true' ? true : value === 'false' ? false : value), z.boolean())

export const document = z.record(z.string(), z.unknown())

/** A JSON document, or its text. */
export const documentText = z.union([z.string(), document.transform((value) => JSON.stringify(value))])

export const tags = z.array(z.strictObject({ Key: text, Value: text }))
