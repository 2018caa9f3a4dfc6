import * as z from 'zod'

/** A time on the wire, in seconds (JSON) or ISO text (query), as milliseconds since 1970. */
export const time = z.union([
  z.number().transform((seconds) => seconds * 1000),
  z.iso.datetime({ offset: true }).transform((text) => Date.parse(text)),
])

/** 1, 5, 10, 20, 30 or a multiple of 60 seconds. */
export const period = z
  .int()
  .refine(
    (seconds) => [1, 5, 10, 20, 30].includes(seconds) || (seconds > 0 && seconds % 60 === 0),
    'Member must be 1, 5, 10, 20, 30 or a multiple of 60',
  )
