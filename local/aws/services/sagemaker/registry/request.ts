import * as z from 'zod'
import { resourceName, s3Uri } from '../names.ts'
import { tagList } from '../tags.ts'

export const containerVariables = z
  .record(
    z
      .string()
      .regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/)
      .max(1024),
    z.string().max(1024),
  )
  .refine((variables) => Object.keys(variables).length <= 100, 'Map must have at most 100 entries')

const packageContainer = z.strictObject({
  ContainerHostname: z.string().max(63).optional(),
  Image: z.string().min(1).max(255),
  ImageDigest: z
    .string()
    .max(72)
    .regex(/^[Ss][Hh][Aa]256:[0-9a-fA-F]{64}$/)
    .optional(),
  ModelDataUrl: s3Uri.optional(),
  Environment: containerVariables.optional(),
  Framework: z.string().optional(),
  FrameworkVersion: z
    .string()
    .min(3)
    .max(10)
    .regex(/^\d\.\d/)
    .optional(),
  NearestModelName: z.string().optional(),
})

const inferenceSpecification = z.strictObject({
  Containers: z.array(packageContainer).min(1).max(15),
  SupportedContentTypes: z.array(z.string().max(256)).optional(),
  SupportedResponseMIMETypes: z.array(z.string().max(1024)).optional(),
  SupportedRealtimeInferenceInstanceTypes: z.array(z.string()).optional(),
  SupportedTransformInstanceTypes: z.array(z.string()).min(1).optional(),
})

const source = z.strictObject({
  ContentType: z.string().max(256),
  S3Uri: s3Uri,
  ContentDigest: z.string().max(72).optional(),
})
const quality = z.strictObject({ Statistics: source.optional(), Constraints: source.optional() }).optional()

const modelMetrics = z.strictObject({
  ModelQuality: quality,
  ModelDataQuality: quality,
  Bias: z
    .strictObject({
      Report: source.optional(),
      PreTrainingReport: source.optional(),
      PostTrainingReport: source.optional(),
    })
    .optional(),
  Explainability: z.strictObject({ Report: source.optional() }).optional(),
})

export const approval = z.enum(['Approved', 'Rejected', 'PendingManualApproval'])

export const customerProperties = z
  .record(z.string().min(1).max(128), z.string().min(1).max(256))
  .refine((properties) => Object.keys(properties).length <= 50, 'Map must have at most 50 entries')

/** What CreateModelPackage takes here: versions of a group. */
export const modelPackageRequest = z.strictObject({
  ModelPackageGroupName: z.string().min(1).max(170),
  ModelPackageDescription: z.string().max(1024).optional(),
  ModelApprovalStatus: approval.default('PendingManualApproval'),
  InferenceSpecification: inferenceSpecification.optional(),
  ModelMetrics: modelMetrics.optional(),
  MetadataProperties: z
    .strictObject({
      CommitId: z.string().max(1024).optional(),
      Repository: z.string().max(1024).optional(),
      GeneratedBy: z.string().max(1024).optional(),
      ProjectId: z.string().max(1024).optional(),
    })
    .optional(),
  CustomerMetadataProperties: customerProperties.optional(),
  Domain: z.string().optional(),
  Task: z.string().optional(),
  SamplePayloadUrl: s3Uri.optional(),
  ClientToken: z
    .string()
    .min(1)
    .max(36)
    .regex(/^[a-zA-Z0-9-]+$/)
    .optional(),
})

export type ModelPackageRequest = z.infer<typeof modelPackageRequest>

export const modelPackageGroupRequest = z.strictObject({
  ModelPackageGroupName: resourceName,
  ModelPackageGroupDescription: z.string().max(1024).optional(),
  Tags: tagList.optional(),
})
