import { AwsError } from '../../../core/errors.ts'
import type { Platform } from '../../../core/platform.ts'
import { arnOf } from '../names.ts'
import { tagObject } from '../tags.ts'
import { seconds } from '../timestamps.ts'
import type { Deployment, VariantPhase } from './deployment.ts'
import type { DeploymentConfig } from './deployment-config.ts'

export type EndpointStatus =
  | 'Creating'
  | 'InService'
  | 'Updating'
  | 'RollingBack'
  | 'UpdateRollbackFailed'
  | 'Deleting'
  | 'Failed'

/** An endpoint as stored; times in milliseconds. */
export interface Endpoint {
  readonly name: string
  readonly arn: string
  readonly status: EndpointStatus
  /** What serves. */
  readonly current?: Deployment | undefined
  /** What is on its way. */
  readonly pending?: Deployment | undefined
  /** Of the traffic, what the pending deployment kept when its rollback failed. */
  readonly mixedShare?: number | undefined
  readonly lastDeploymentConfig?: DeploymentConfig | undefined
  readonly failureReason?: string | undefined
  readonly createdAt: number
  readonly modifiedAt: number
}

export const endpoints = (platform: Platform) => platform.store.table<Endpoint>('sagemaker.endpoints')

export const endpoint = (platform: Platform, name: string): Endpoint => {
  const found = endpoints(platform).get(name)
  if (found === undefined) {
    throw new AwsError('ValidationException', `Could not find endpoint "${arnOf(platform, 'endpoint', name)}".`)
  }
  return found
}

const settled: ReadonlySet<EndpointStatus> = new Set(['InService', 'UpdateRollbackFailed', 'Failed'])

/** An endpoint that may be changed: nothing is on its way. */
export const settledEndpoint = (platform: Platform, name: string): Endpoint => {
  const found = endpoint(platform, name)
  if (!settled.has(found.status)) {
    throw new AwsError('ValidationException', `Cannot update in-progress endpoint "${found.arn}".`)
  }
  return found
}

const variantsOf = ({ variants, startedAt }: Deployment) =>
  variants.map(({ name, weight, container, instanceCount, desired }) => ({
    VariantName: name,
    DeployedImages: [
      { SpecifiedImage: container.image, ResolvedImage: container.image, ResolutionTime: seconds(startedAt) },
    ],
    CurrentWeight: weight,
    DesiredWeight: desired?.weight ?? weight,
    CurrentInstanceCount: instanceCount,
    DesiredInstanceCount: desired?.instanceCount ?? instanceCount,
  }))

const shown = ({ current, pending }: Endpoint) => current ?? pending

/** The deployment that is on its way beside the one that serves. */
const pendingSummary = ({ current, pending }: Endpoint) => {
  if (!current || !pending) return undefined
  const { since, ...phase } = pending.phase ?? { Status: 'Creating', since: pending.startedAt }
  const VariantStatus = [{ ...phase, StartTime: seconds(since) }]
  return {
    EndpointConfigName: pending.config,
    StartTime: seconds(pending.startedAt),
    ProductionVariants: variantsOf(pending).map((variant) => ({ ...variant, VariantStatus })),
  }
}

/** DescribeEndpoint's answer. */
export const describeEndpoint = (found: Endpoint) => {
  const { name, arn, status, current, failureReason, createdAt, modifiedAt } = found
  const deployment = shown(found)
  const capture = deployment?.capture
  return {
    EndpointName: name,
    EndpointArn: arn,
    EndpointConfigName: deployment?.config,
    ProductionVariants: current && variantsOf(current),
    DataCaptureConfig: capture && {
      EnableCapture: capture.EnableCapture,
      CaptureStatus: capture.EnableCapture ? 'Started' : 'Stopped',
      CurrentSamplingPercentage: capture.InitialSamplingPercentage,
      DestinationS3Uri: capture.DestinationS3Uri,
      KmsKeyId: capture.KmsKeyId ?? '',
    },
    EndpointStatus: status,
    FailureReason: failureReason,
    CreationTime: seconds(createdAt),
    LastModifiedTime: seconds(modifiedAt),
    LastDeploymentConfig: found.lastDeploymentConfig,
    PendingDeploymentSummary: pendingSummary(found),
  }
}

const upperSnake = (status: string) => status.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase()

/** Stores an endpoint and tells the bus in which state it is. */
export const saveEndpoint = (platform: Platform, known: Omit<Endpoint, 'modifiedAt'>) => {
  const found: Endpoint = { ...known, modifiedAt: platform.clock.now() }
  endpoints(platform).put(found.name, found)
  emitEndpoint(platform, found)
}

const emitEndpoint = (platform: Platform, found: Endpoint, what: 'Endpoint' | 'Endpoint Deployment' = 'Endpoint') => {
  const deployment = shown(found)
  platform.emit({
    source: 'aws.sagemaker',
    detailType: `SageMaker ${what} State Change`,
    resources: [found.arn],
    detail: {
      EndpointName: found.name,
      EndpointArn: found.arn,
      EndpointConfigName: deployment?.config,
      ProductionVariants: deployment?.variants.map(({ name, weight, instanceCount, desired }) => ({
        VariantName: name,
        DesiredWeight: desired?.weight ?? weight,
        DesiredInstanceCount: desired?.instanceCount ?? instanceCount,
      })),
      EndpointStatus: upperSnake(found.status),
      FailureReason: found.failureReason,
      ...(what === 'Endpoint Deployment' && { PendingDeploymentSummary: pendingSummary(found) }),
      CreationTime: found.createdAt,
      LastModifiedTime: found.modifiedAt,
      Tags: tagObject(platform, found.arn),
    },
  })
}

/** Notes what the variants of a pending deployment are doing, and tells the bus. */
export const savePhase = (platform: Platform, name: string, phase: VariantPhase) => {
  const { pending, ...known } = endpoint(platform, name)
  if (pending === undefined) return
  const since = platform.clock.now()
  const found: Endpoint = { ...known, pending: { ...pending, phase: { ...phase, since } }, modifiedAt: since }
  endpoints(platform).put(name, found)
  emitEndpoint(platform, found, 'Endpoint Deployment')
}
