import * as z from 'zod'
import { AwsError } from '../../../core/errors.ts'
import type { Platform } from '../../../core/platform.ts'
import { arnOf, resourceName, s3Uri } from '../names.ts'
import { tagList } from '../tags.ts'

const absent = (what: string) => z.undefined(`The local platform has no ${what}`).optional()

const variant = z.strictObject({
  VariantName: resourceName,
  ModelName: resourceName,
  ServerlessConfig: absent('serverless endpoints'),
  InstanceType: z.string().startsWith('ml.'),
  InitialInstanceCount: z.int().min(1),
  InitialVariantWeight: z.number().min(0).default(1),
  VolumeSizeInGB: z.int().min(1).max(512).optional(),
  ModelDataDownloadTimeoutInSeconds: z.int().min(60).max(3600).optional(),
  ContainerStartupHealthCheckTimeoutInSeconds: z.int().min(60).max(3600).optional(),
  RoutingConfig: z.strictObject({ RoutingStrategy: z.enum(['LEAST_OUTSTANDING_REQUESTS', 'RANDOM']) }).optional(),
})

const contentTypes = z.array(z.string().min(1).max(256)).min(1).max(10).optional()

const dataCapture = z.strictObject({
  EnableCapture: z.boolean().default(false),
  InitialSamplingPercentage: z.number().min(0).max(100),
  DestinationS3Uri: s3Uri,
  KmsKeyId: z.string().max(2048).optional(),
  CaptureOptions: z
    .array(z.strictObject({ CaptureMode: z.enum(['Input', 'Output', 'InputAndOutput']) }))
    .min(1)
    .max(32),
  CaptureContentTypeHeader: z
    .strictObject({ CsvContentTypes: contentTypes, JsonContentTypes: contentTypes })
    .optional(),
})

/** What CreateEndpointConfig takes here: variants of one model each. */
export const endpointConfigRequest = z
  .strictObject({
    EndpointConfigName: resourceName,
    ProductionVariants: z.array(variant).min(1).max(10),
    ShadowProductionVariants: absent('shadow variants'),
    AsyncInferenceConfig: absent('asynchronous endpoints'),
    DataCaptureConfig: dataCapture.optional(),
    KmsKeyId: z.string().max(2048).optional(),
    Tags: tagList.optional(),
  })
  .refine(({ ProductionVariants: all }) => new Set(all.map(({ VariantName }) => VariantName)).size === all.length, {
    path: ['productionVariants'],
    message: 'Variant names must be unique',
  })

export type EndpointConfigRequest = z.infer<typeof endpointConfigRequest>
export type DataCapture = NonNullable<EndpointConfigRequest['DataCaptureConfig']>

export interface EndpointConfig {
  readonly name: string
  readonly arn: string
  readonly request: Omit<EndpointConfigRequest, 'Tags'>
  readonly createdAt: number
}

export const endpointConfigs = (platform: Platform) =>
  platform.store.table<EndpointConfig>('sagemaker.endpoint-configs')

export const endpointConfig = (platform: Platform, name: string): EndpointConfig => {
  const found = endpointConfigs(platform).get(name)
  if (found === undefined) {
    const arn = arnOf(platform, 'endpoint-config', name)
    throw new AwsError('ValidationException', `Could not find endpoint configuration "${arn}".`)
  }
  return found
}
