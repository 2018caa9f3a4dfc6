import * as z from 'zod'

/**
 * How traffic moves to a new fleet: here all at once. Canary, linear and rolling steps, and alarms that roll back, are
 * refused rather than left out in silence.
 */
export const deploymentConfig = z.strictObject({
  BlueGreenUpdatePolicy: z.strictObject({
    TrafficRoutingConfiguration: z.strictObject({
      Type: z.literal('ALL_AT_ONCE', 'The local platform moves traffic ALL_AT_ONCE only'),
      WaitIntervalInSeconds: z.int().min(0).max(3600),
    }),
    TerminationWaitInSeconds: z.int().min(0).max(3600).optional(),
    MaximumExecutionTimeoutInSeconds: z.int().min(600).max(28_800).optional(),
  }),
})
