import type { Operation } from '../../core/operation.ts'
import type { Platform } from '../../core/platform.ts'
import batchStopJobRun from './batch-stop-job-run.ts'
import createJob from './create-job.ts'
import deleteJob from './delete-job.ts'
import getJob from './get-job.ts'
import getJobRun from './get-job-run.ts'
import getJobRuns from './get-job-runs.ts'
import { isGoingOn, jobRuns, keepRun } from './job-runs.ts'
import getTags from './get-tags.ts'
import startJobRun from './start-job-run.ts'
import tagResource from './tag-resource.ts'
import untagResource from './untag-resource.ts'
import updateJob from './update-job.ts'

export const operations: Operation[] = [
  batchStopJobRun,
  createJob,
  deleteJob,
  getJob,
  getJobRun,
  getJobRuns,
  getTags,
  startJobRun,
  tagResource,
  untagResource,
  updateJob,
]

/** A run does not outlive the platform. */
export const start = (platform: Platform): void => {
  for (const { value } of jobRuns(platform).list()) {
    if (!isGoingOn(value)) continue
    const ErrorMessage = 'The platform ended while the run was going on.'
    keepRun(platform, { ...value, JobRunState: 'FAILED', ErrorMessage, completed: platform.clock.now() })
  }
}
