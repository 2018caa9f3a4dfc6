import { AwsError } from '../../../core/errors.ts'
import type { Platform } from '../../../core/platform.ts'
import { arnOf } from '../names.ts'
import { tagObject } from '../tags.ts'
import { seconds } from '../timestamps.ts'
import type { ModelPackageRequest } from './request.ts'

/** A version of a model package group as stored; times in milliseconds. */
export interface ModelPackage {
  readonly arn: string
  readonly group: string
  readonly version: number
  readonly request: ModelPackageRequest
  readonly approvalDescription?: string | undefined
  readonly createdAt: number
  readonly modifiedAt: number
  readonly createdBy: string
}

const key = (group: string, version: number) => `${group}/${String(version).padStart(10, '0')}`

export const modelPackages = (platform: Platform) => platform.store.table<ModelPackage>('sagemaker.model-packages')

export const saveModelPackage = (platform: Platform, found: ModelPackage) =>
  modelPackages(platform).put(key(found.group, found.version), found)

export const deleteModelPackage = (platform: Platform, { group, version }: ModelPackage) =>
  modelPackages(platform).delete(key(group, version))

/** The packages of a group, oldest first. */
export const modelPackagesOf = (platform: Platform, group: string) =>
  modelPackages(platform)
    .list({ prefix: `${group}/` })
    .map(({ value }) => value)

/** The ARN behind `group/version` or an ARN. */
export const modelPackageArn = (platform: Platform, nameOrArn: string) =>
  nameOrArn.startsWith('arn:') ? nameOrArn : arnOf(platform, 'model-package', nameOrArn)

/** A package by ARN, or by `group/version`. */
export const modelPackage = (platform: Platform, nameOrArn: string): ModelPackage => {
  const [, group = '', version = ''] = /([^/:]+)\/(\d+)$/.exec(nameOrArn) ?? []
  const found = modelPackages(platform).get(key(group, Number(version)))
  if (found === undefined) {
    throw new AwsError('ValidationException', `ModelPackage ${modelPackageArn(platform, nameOrArn)} does not exist.`)
  }
  return found
}

/** DescribeModelPackage's answer. */
export const describeModelPackage = ({ request, ...found }: ModelPackage) => {
  const { ClientToken: _, ...described } = request
  return {
    ...described,
    ModelPackageArn: found.arn,
    ModelPackageVersion: found.version,
    ModelPackageStatus: 'Completed',
    ModelPackageStatusDetails: { ValidationStatuses: [], ImageScanStatuses: [] },
    ApprovalDescription: found.approvalDescription,
    CertifyForMarketplace: false,
    CreationTime: seconds(found.createdAt),
    LastModifiedTime: seconds(found.modifiedAt),
    CreatedBy: { UserProfileArn: found.createdBy },
  }
}

/** Tells the bus about a new package, an approval, or an edit: all look the same to a consumer. */
export const emitModelPackage = (platform: Platform, { arn, group, version, request, ...found }: ModelPackage) =>
  platform.emit({
    source: 'aws.sagemaker',
    detailType: 'SageMaker Model Package State Change',
    resources: [arn],
    detail: {
      ModelPackageGroupName: group,
      ModelPackageVersion: version,
      ModelPackageArn: arn,
      ModelPackageDescription: request.ModelPackageDescription,
      ModelPackageStatus: 'Completed',
      ModelApprovalStatus: request.ModelApprovalStatus,
      ApprovalDescription: found.approvalDescription,
      InferenceSpecification: request.InferenceSpecification,
      ModelMetrics: request.ModelMetrics,
      MetadataProperties: request.MetadataProperties,
      CustomerMetadataProperties: request.CustomerMetadataProperties,
      CertifyForMarketplace: false,
      CreationTime: new Date(found.createdAt).toISOString(),
      LastModifiedTime: new Date(found.modifiedAt).toISOString(),
      Tags: tagObject(platform, arnOf(platform, 'model-package-group', group)),
    },
  })
