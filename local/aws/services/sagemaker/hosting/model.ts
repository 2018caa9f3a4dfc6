import * as z from 'zod'
import { AwsError } from '../../../core/errors.ts'
import type { Platform } from '../../../core/platform.ts'
import { arnOf, resourceName, roleArn, s3Uri } from '../names.ts'
import { modelPackage } from '../registry/model-package.ts'
import { containerVariables } from '../registry/request.ts'
import { tagList } from '../tags.ts'

const container = z
  .strictObject({
    ContainerHostname: z.string().max(63).optional(),
    Image: z.string().min(1).max(255).optional(),
    Mode: z.literal('SingleModel', 'The local platform has no multi-model endpoints').optional(),
    ModelDataUrl: s3Uri.optional(),
    ModelPackageName: z.string().max(176).optional(),
    Environment: containerVariables.optional(),
  })
  .refine(({ Image, ModelPackageName }) => (Image === undefined) !== (ModelPackageName === undefined), {
    path: ['image'],
    message: 'Exactly one of Image and ModelPackageName must be given',
  })

/** What CreateModel takes here: models of one container. */
export const modelRequest = z
  .strictObject({
    ModelName: resourceName,
    ExecutionRoleArn: roleArn,
    PrimaryContainer: container.optional(),
    Containers: z.array(container).length(1).optional(),
    EnableNetworkIsolation: z.boolean().default(false),
    VpcConfig: z
      .strictObject({
        Subnets: z.array(z.string()).min(1).max(16),
        SecurityGroupIds: z.array(z.string()).min(1).max(5),
      })
      .optional(),
    Tags: tagList.optional(),
  })
  .refine(({ PrimaryContainer, Containers }) => (PrimaryContainer === undefined) !== (Containers === undefined), {
    path: ['primaryContainer'],
    message: 'Exactly one of PrimaryContainer and Containers must be given',
  })

export interface Model {
  readonly name: string
  readonly arn: string
  readonly request: Omit<z.infer<typeof modelRequest>, 'Tags'>
  readonly createdAt: number
}

/** What a container needs to be started. */
export interface ServingContainer {
  readonly image: string
  readonly modelDataUrl?: string | undefined
  readonly variables: Readonly<Record<string, string>>
}

export const models = (platform: Platform) => platform.store.table<Model>('sagemaker.models')

export const model = (platform: Platform, name: string): Model => {
  const found = models(platform).get(name)
  if (found === undefined) {
    throw new AwsError('ValidationException', `Could not find model "${arnOf(platform, 'model', name)}".`)
  }
  return found
}

/** A model's container; one that names a model package has the package's, with its own variables on top. */
export const servingContainer = (platform: Platform, request: Model['request']): ServingContainer => {
  const given = request.PrimaryContainer ?? request.Containers?.[0]
  const { Image, ModelDataUrl, ModelPackageName, Environment } = given ?? {}
  if (Image !== undefined) return { image: Image, modelDataUrl: ModelDataUrl, variables: Environment ?? {} }
  const registered = modelPackage(platform, ModelPackageName ?? '')
  const specified = registered.request.InferenceSpecification?.Containers[0]
  if (registered.request.ModelApprovalStatus !== 'Approved' || specified === undefined) {
    throw new AwsError('ValidationException', `Model package ${registered.arn} is not approved, or has no container.`)
  }
  const variables = { ...specified.Environment, ...Environment }
  return { image: specified.Image, modelDataUrl: specified.ModelDataUrl, variables }
}
