import * as z from 'zod'

/**
 * One fault on request: which calls it hits, which of these, and what it does to them.
 * What the platform does by itself is a call too: an event on the bus is `events` `Deliver`, with its detail type; a
 * batch of a rolling update that is taken back is `sagemaker` `RollBackEndpoint`.
 */
export const faultRule = z
  .strictObject({
    service: z.string().optional(),
    operation: z.string().optional(),
    /** Of an event, with `events` `Deliver`. */
    detailType: z.string().optional(),
    /** Text that the call's input, as JSON, must hold: a name, a key. */
    input: z.string().optional(),
    /** The first calls that it lets pass. */
    skip: z.int().positive().optional(),
    /** How many calls it hits; without it all. */
    times: z.int().positive().optional(),
    /** The share of calls that it hits, drawn with `seed`. */
    probability: z.number().gt(0).max(1).optional(),
    seed: z.int().nonnegative().optional(),

    delayMs: z.number().nonnegative().optional(),
    /** The service's own refusal for too many calls. */
    throttle: z.literal(true).optional(),
    error: z
      .strictObject({ code: z.string(), message: z.string().default(''), status: z.int().default(400) })
      .optional(),
    /** `before`: the connection breaks instead of the operation; `after`: the operation runs and its reply is lost. */
    disconnect: z.enum(['before', 'after']).optional(),
    /** The process that calls dies, before the operation or when it has run. */
    kill: z.enum(['before', 'after']).optional(),
    /** The operation runs twice, as when a request or an event is delivered at least once; the first reply counts. */
    twice: z.literal(true).optional(),
    /** It waits until the next such call has run, at most this many milliseconds: the two arrive out of order. */
    overtakenWithinMs: z.number().positive().optional(),
  })
  .refine(({ seed, probability }) => seed === undefined || probability !== undefined, {
    path: ['seed'],
    message: 'a seed needs a probability',
  })
export type FaultRule = z.infer<typeof faultRule>
