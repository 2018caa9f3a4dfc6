import * as z from 'zod'

/** What tags of a name may be, as JSON Schema; a value is not checked against it. */
export const tagSchemaSchema = z.object({ id: z.int(), name: z.string(), version: z.int(), schema: z.string() })
export type TagSchema = z.infer<typeof tagSchemaSchema>

/** A tag; its document's name is that of what has it (`ownerOf`). */
export const tagSchema = z.object({
  id: z.int(),
  name: z.string(),
  version: z.int(),
  created: z.int(),
  tag: z.string(),
  /** JSON. */
  value: z.string(),
})
export type Tag = z.infer<typeof tagSchema>
