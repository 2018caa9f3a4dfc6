import * as z from 'zod'

const wait = z.int().min(0).max(3600)

const size = z.strictObject({ Type: z.enum(['INSTANCE_COUNT', 'CAPACITY_PERCENT']), Value: z.int().min(1) })

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

/** How traffic moves to a new fleet, and which alarms bring it back. */
export const deploymentConfig = z.strictObject({
  BlueGreenUpdatePolicy: z.strictObject({
    TrafficRoutingConfiguration: trafficRouting,
    TerminationWaitInSeconds: wait.optional(),
    MaximumExecutionTimeoutInSeconds: z.int().min(600).max(28_800).optional(),
  }),
  RollingUpdatePolicy: z.undefined('The local platform has no rolling updates').optional(),
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

export type DeploymentConfig = z.infer<typeof deploymentConfig>
