import type { Platform } from '../../core/platform.ts'
import type { Table } from '../../core/store.ts'
import { entityNotFound } from './glue-error.ts'

/** A run as it is kept; times are milliseconds since 1970. */
export interface JobRun {
  readonly Id: string
  readonly JobName: string
  readonly Attempt: number
  readonly PreviousRunId?: string
  readonly JobRunState: 'STARTING' | 'RUNNING' | 'STOPPING' | 'STOPPED' | 'SUCCEEDED' | 'FAILED' | 'TIMEOUT'
  readonly ErrorMessage?: string
  readonly Arguments: Readonly<Record<string, string>>
  readonly Timeout: number
  readonly WorkerType: string
  readonly NumberOfWorkers: number
  readonly GlueVersion: string
  readonly started: number
  readonly modified: number
  readonly completed?: number
}

/** Keys are `<job>/<run>`. */
export const jobRuns = ({ store }: Platform): Table<JobRun> => store.table('glue.job-runs')
const keyOf = ({ JobName, Id }: Pick<JobRun, 'JobName' | 'Id'>) => `${JobName}/${Id}`

export const keepRun = (platform: Platform, run: JobRun): JobRun => {
  const kept = { ...run, modified: platform.clock.now() }
  jobRuns(platform).put(keyOf(run), kept)
  return kept
}

export const existingRun = (platform: Platform, JobName: string, Id: string): JobRun => {
  const found = jobRuns(platform).get(keyOf({ JobName, Id }))
  if (!found) throw entityNotFound(`Job Run ${Id} for job ${JobName}`)
  return found
}

export const isGoingOn = ({ JobRunState }: JobRun): boolean => ['STARTING', 'RUNNING', 'STOPPING'].includes(JobRunState)

export const runsOf = (platform: Platform, job: string): JobRun[] =>
  jobRuns(platform)
    .list({ prefix: `${job}/` })
    .map(({ value }) => value)
    .toSorted((a, b) => b.started - a.started)

export const describedRun = ({ started, modified, completed, ...run }: JobRun) => ({
  ...run,
  StartedOn: new Date(started),
  LastModifiedOn: new Date(modified),
  ...(completed !== undefined && {
    CompletedOn: new Date(completed),
    ExecutionTime: Math.round((completed - started) / 1000),
  }),
  LogGroupName: '/aws-glue/jobs',
})
