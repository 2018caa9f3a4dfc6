import type { Batch } from '@hopline/local-states'
import { AwsError } from '../../../core/errors.ts'
import type { Platform } from '../../../core/platform.ts'
import { mapRunKeyOf } from '../names.ts'

/** A Map Run as stored; times in milliseconds since 1970. */
export interface MapRunRecord {
  /** `machine/label:id`. */
  readonly key: string
  readonly arn: string
  readonly id: string
  readonly executionArn: string
  /** `…:stateMachine:machine/label`, as the children name it. */
  readonly machineArn: string
  readonly status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'ABORTED'
  readonly startedAt: number
  readonly stoppedAt?: number
  readonly maxConcurrency: number
  readonly toleratedFailureCount: number
  readonly toleratedFailurePercentage: number
  readonly redriveCount: number
  readonly redrivenAt?: number
}

/** A child that has begun or will: its execution is called `name`. */
export interface Child extends Batch {
  readonly name: string
}

export const mapRuns = (platform: Platform) => platform.store.table<MapRunRecord>('states.map-runs')
/** What the children get, by the run's key: apart, so that lists stay cheap. */
export const mapRunChildren = (platform: Platform) => platform.store.table<readonly Child[]>('states.map-run-children')

/** The Map Run of an ARN. Throws InvalidArn or ResourceNotFound. */
export const mapRun = (platform: Platform, arn: string): MapRunRecord => {
  const found = mapRuns(platform).get(mapRunKeyOf(arn))
  if (found?.arn !== arn) throw new AwsError('ResourceNotFound', `Resource not found: '${arn}'`, { resourceName: arn })
  return found
}
