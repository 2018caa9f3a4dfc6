import * as z from 'zod'
import type { Platform } from '../../core/platform.ts'

/** The name of a job, a model, an endpoint, an endpoint config or a model package group. */
export const resourceName = z
  .string()
  .min(1)
  .max(63)
  .regex(/^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/)

export const roleArn = z
  .string()
  .min(20)
  .max(2048)
  .regex(/^arn:aws[a-z-]*:iam::\d{12}:role\/?[a-zA-Z_0-9+=,.@\-/]+$/)

export const s3Uri = z
  .string()
  .max(1024)
  .regex(/^(https|s3):\/\/[^/]+\/?.*$/)

export type ResourceKind =
  | 'training-job'
  | 'hyper-parameter-tuning-job'
  | 'transform-job'
  | 'processing-job'
  | 'model'
  | 'model-package-group'
  | 'model-package'
  | 'endpoint-config'
  | 'endpoint'

/** SageMaker writes names in lower case into its ARNs. */
export const arnOf = ({ region, account }: Platform, kind: ResourceKind, name: string) =>
  `arn:aws:sagemaker:${region}:${account}:${kind}/${name.toLowerCase()}`
