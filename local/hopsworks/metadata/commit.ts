import * as z from 'zod'

/** What a materialisation did to the offline table of a group; the document's name is the group's (`ownerOf`). */
export const commitSchema = z.object({
  id: z.int(),
  name: z.string(),
  version: z.int(),
  /** Milliseconds since 1970. */
  time: z.int(),
  rowsInserted: z.int(),
  rowsUpdated: z.int(),
})
export type Commit = z.infer<typeof commitSchema>
