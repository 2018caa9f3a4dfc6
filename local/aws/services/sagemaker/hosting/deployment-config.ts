import * as z from 'zod'

const wait = z.int().min(0).max(3600)

const size = z.strictObject({ Type: z.enum(['INSTANCE_COUNT', 'CAPACITY_PERCENT']), Value: z.int().min(1) })

const timeout = z.int().min(600).max(28_800)

const trafficRouting = z
  .strictObject({
    Type: z.enum(['ALL_AT_ONCE', 'CANARY', 'LINEAR']),
    WaitIntervalInSeconds: wait,
    CanarySize: size.optional(),
    LinearStepSize: size.optional(),
  })
  .refine(({ Type, CanarySize }) => (Type === 'CANARY') === (CanarySize !== undefined), {
    path: ['CanarySize'],
    message: 'CanarySize must be given for CANARY, and only then',
  })
  .refine(({ Type, LinearStepSize }) => (Type === 'LINEAR') === (LinearStepSize !== undefined), {
    path: ['LinearStepSize'],
    message: 'LinearStepSize must be given for LINEAR, and only then',
  })

const blueGreen = z.strictObject({
  TrafficRoutingConfiguration: trafficRouting,
  TerminationWaitInSeconds: wait.optional(),
  MaximumExecutionTimeoutInSeconds: timeout.optional(),
})

const rolling = z.strictObject({
  MaximumBatchSize: size,
  WaitIntervalInSeconds: wait,
  MaximumExecutionTimeoutInSeconds: timeout.optional(),
  RollbackMaximumBatchSize: size.optional(),
})

/** How traffic moves to a new fleet, and which alarms bring it back. */
export const deploymentConfig = z
  .strictObject({
    BlueGreenUpdatePolicy: blueGreen.optional(),
    RollingUpdatePolicy: rolling.optional(),
    AutoRollbackConfiguration: z
      .strictObject({
        Alarms: z
          .array(z.strictObject({ AlarmName: z.string().min(1).max(255) }))
          .min(1)
          .max(10)
          .optional(),
      })
      .optional(),
  })
  .refine(({ BlueGreenUpdatePolicy: blue, RollingUpdatePolicy: roll }) => blue === undefined || roll === undefined, {
    path: ['RollingUpdatePolicy'],
    message: 'BlueGreenUpdatePolicy and RollingUpdatePolicy exclude each other',
  })

export type DeploymentConfig = z.infer<typeof deploymentConfig>
export type Size = z.infer<typeof size>
export type RollingUpdatePolicy = z.infer<typeof rolling>

const longestSeconds = 28_800

/** How long an update may take. */
export const timeoutSecondsOf = ({ BlueGreenUpdatePolicy, RollingUpdatePolicy }: DeploymentConfig = {}): number =>
  (BlueGreenUpdatePolicy ?? RollingUpdatePolicy)?.MaximumExecutionTimeoutInSeconds ?? longestSeconds
