import * as z from 'zod'

export const mostTags = 50

export const Tags = z
  .array(z.strictObject({ Key: z.string().min(1).max(128), Value: z.string().max(256) }))
  .max(mostTags)
