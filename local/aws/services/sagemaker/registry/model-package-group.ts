import { AwsError } from '../../../core/errors.ts'
import type { Platform } from '../../../core/platform.ts'
import { arnOf } from '../names.ts'

export interface ModelPackageGroup {
  readonly name: string
  readonly arn: string
  readonly description?: string | undefined
  readonly createdAt: number
  readonly createdBy: string
  /** Of the newest package; numbers are not used twice. */
  readonly lastVersion: number
}

export const modelPackageGroups = (platform: Platform) =>
  platform.store.table<ModelPackageGroup>('sagemaker.model-package-groups')

/** A group by name or ARN. */
export const modelPackageGroup = (platform: Platform, nameOrArn: string): ModelPackageGroup => {
  const name = nameOrArn.slice(nameOrArn.lastIndexOf('/') + 1)
  const group = modelPackageGroups(platform).get(name)
  if (group === undefined) {
    const arn = arnOf(platform, 'model-package-group', name)
    throw new AwsError('ValidationException', `ModelPackageGroup ${arn} does not exist.`)
  }
  return group
}
