import * as z from 'zod'

/** Input of the machine deploy-model: SageMaker's event, as far as we read it. AWS adds fields to it at will. */
export const modelPackageEvent = z.object({
  'detail-type': z.literal('SageMaker Model Package State Change'),
  detail: z.object({
    ModelPackageGroupName: z.string().min(1),
    ModelPackageArn: z.string().min(1),
    ModelApprovalStatus: z.string().min(1),
  }),
})
export type ModelPackageEvent = z.infer<typeof modelPackageEvent>

/** The other input of the machine: a person asks for an approved package, be it older than the one that serves. */
export const rollbackRequest = z.strictObject({ rollback: z.strictObject({ modelPackageArn: z.string().min(1) }) })
export type RollbackRequest = z.infer<typeof rollbackRequest>

/**
 * What a deployment is to do; `keep` when the endpoint already serves this package, or a newer one and this is no
 * rollback. The golden request lies at `goldenUri`.
 */
export const deployment = z.strictObject({
  action: z.enum(['deploy', 'keep']),
  rollback: z.boolean().default(false),
  pipeline: z.string().min(1),
  endpoint: z.string().min(1),
  config: z.string().min(1),
  model: z.string().min(1),
  previousConfig: z.string().min(1).nullable(),
  modelPackageArn: z.string().min(1),
  contract: z.string().regex(/^[0-9a-f]{64}$/),
  goldenUri: z.string().startsWith('s3://'),
})
export type Deployment = z.infer<typeof deployment>

export const endpointCheck = z.strictObject({
  state: z.enum(['waiting', 'in-service', 'failed']),
  cause: z.string().optional(),
})
export type EndpointCheck = z.infer<typeof endpointCheck>

/** What deployer is called with, by step. */
export const deployerEvent = z.discriminatedUnion('step', [
  z.strictObject({ step: z.literal('plan'), event: z.union([modelPackageEvent, rollbackRequest]) }),
  z.strictObject({ step: z.literal('apply'), deployment }),
  z.strictObject({ step: z.literal('check'), deployment }),
  z.strictObject({ step: z.literal('verify'), deployment }),
  z.strictObject({ step: z.literal('restore'), deployment }),
])
export type DeployerEvent = z.infer<typeof deployerEvent>

/** Output of the machine deploy-model. */
export const deployOutput = z.strictObject({
  endpoint: z.string().min(1),
  config: z.string().min(1),
  modelPackageArn: z.string().min(1),
  contract: z.string().min(1),
})
export type DeployOutput = z.infer<typeof deployOutput>
