import * as z from 'zod'

/** What feature-writer is called with to look at its own connections. */
export const doctorEvent = z.strictObject({ step: z.literal('doctor') })

/** One server, as it can be used from where the function runs; `cause` and `code` are null where all is well. */
export const doctorCheck = z.strictObject({
  what: z.enum(['Hopsworks', 'Kafka bootstrap', 'Kafka broker', 'vector server']),
  host: z.string(),
  port: z.int(),
  ms: z.int().nonnegative(),
  cause: z.string().nullable(),
  /** HTTP status, Kafka's error code or the socket's code such as ETIMEDOUT. */
  code: z.union([z.string(), z.number()]).nullable(),
})
export type DoctorCheck = z.infer<typeof doctorCheck>

export const doctorReport = z.strictObject({ checks: z.array(doctorCheck).min(1) })
export type DoctorReport = z.infer<typeof doctorReport>
