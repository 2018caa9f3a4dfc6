import { AwsError } from '../../core/errors.ts'
import type { Platform } from '../../core/platform.ts'
import type { Table } from '../../core/store.ts'
import { endpointConfigs } from './hosting/endpoint-config.ts'
import { endpoints } from './hosting/endpoint.ts'
import { models } from './hosting/model.ts'
import type { ResourceKind } from './names.ts'
import { processingJobs } from './processing/processing-job.ts'
import { modelPackageGroups } from './registry/model-package-group.ts'
import { modelPackages } from './registry/model-package.ts'
import { trainingJobs } from './training/training-job.ts'
import { transformJobs } from './transform/transform-job.ts'
import { tuningJobs } from './tuning/tuning-job.ts'

type Resources = (platform: Platform) => Pick<Table<{ readonly arn: string }>, 'list'>

const kinds: Readonly<Record<ResourceKind, Resources>> = {
  endpoint: endpoints,
  'endpoint-config': endpointConfigs,
  'hyper-parameter-tuning-job': tuningJobs,
  model: models,
  'model-package': modelPackages,
  'model-package-group': modelPackageGroups,
  'processing-job': processingJobs,
  'training-job': trainingJobs,
  'transform-job': transformJobs,
}
const isKind = (kind: string): kind is ResourceKind => Object.hasOwn(kinds, kind)

/** The ARN as SageMaker writes it; ValidationException when nothing is behind it that has tags. */
export const taggedResource = (platform: Platform, given: string): string => {
  const arn = given.toLowerCase()
  const [, kind = ''] = /^arn:aws:sagemaker:[a-z0-9-]+:\d{12}:([a-z-]+)\/.+$/.exec(arn) ?? []
  if (!isKind(kind)) throw new AwsError('ValidationException', `Invalid resource ARN: ${given}`)
  const found = kinds[kind](platform)
    .list()
    .some(({ value }) => value.arn === arn)
  if (!found) throw new AwsError('ValidationException', `Could not find ${kind.replaceAll('-', ' ')} "${arn}".`)
  return arn
}
