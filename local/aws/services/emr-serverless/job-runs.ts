import type { Platform } from '../../core/platform.ts'
import type { Permission } from '../../core/operation.ts'
import type { Table } from '../../core/store.ts'
import { applicationArn, notFound } from './applications.ts'

export interface SparkSubmit {
  readonly entryPoint: string
  readonly entryPointArguments?: readonly string[] | undefined
  readonly sparkSubmitParameters?: string | undefined
}

/** A job run as it is kept; times are milliseconds since 1970. */
export interface JobRun {
  readonly applicationId: string
  readonly jobRunId: string
  readonly clientToken: string
  readonly name?: string
  readonly executionRole: string
  readonly createdBy: string
  readonly state: 'SUBMITTED' | 'RUNNING' | 'SUCCESS' | 'FAILED' | 'CANCELLING' | 'CANCELLED'
  readonly stateDetails: string
  readonly releaseLabel: string
  readonly jobDriver: { readonly sparkSubmit: SparkSubmit }
  readonly configurationOverrides?: unknown
  readonly executionTimeoutMinutes: number
  readonly tags: Readonly<Record<string, string>>
  readonly created: number
  readonly updated: number
  readonly ended?: number
}

const longestDetails = 256

/** Keys are `<application>/<run>`. */
export const jobRuns = ({ store }: Platform): Table<JobRun> => store.table('emr-serverless.job-runs')

const keyOf = ({ applicationId, jobRunId }: Pick<JobRun, 'applicationId' | 'jobRunId'>) =>
  `${applicationId}/${jobRunId}`

export const keepRun = (platform: Platform, run: JobRun): JobRun => {
  const kept = { ...run, stateDetails: run.stateDetails.slice(0, longestDetails), updated: platform.clock.now() }
  jobRuns(platform).put(keyOf(run), kept)
  return kept
}

export const existingRun = (platform: Platform, applicationId: string, jobRunId: string): JobRun => {
  const found = jobRuns(platform).get(keyOf({ applicationId, jobRunId }))
  if (!found) throw notFound(`Job run ${jobRunId}`)
  return found
}

export const runsOf = (platform: Platform, applicationId: string): JobRun[] =>
  jobRuns(platform)
    .list({ prefix: `${applicationId}/` })
    .map(({ value }) => value)
    .toSorted((a, b) => b.created - a.created)

export const isGoingOn = ({ state }: JobRun): boolean => ['SUBMITTED', 'RUNNING', 'CANCELLING'].includes(state)

export const runArn = (platform: Platform, applicationId: string, jobRunId: string): string =>
  `${applicationArn(platform, applicationId)}/jobruns/${jobRunId}`

export const onRun = (platform: Platform, action: string, applicationId: string, jobRunId: string): Permission[] => [
  { action: `emr-serverless:${action}`, resource: runArn(platform, applicationId, jobRunId) },
]

export const describedRun = (platform: Platform, kept: JobRun) => {
  const { created, updated, ended, clientToken: _, ...run } = kept
  return {
    ...run,
    arn: runArn(platform, run.applicationId, run.jobRunId),
    attempt: 1,
    mode: 'BATCH',
    createdAt: new Date(created),
    updatedAt: new Date(updated),
    ...(ended !== undefined && {
      endedAt: new Date(ended),
      totalExecutionDurationSeconds: Math.round((ended - created) / 1000),
    }),
  }
}
