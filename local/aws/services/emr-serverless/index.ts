import type { Operation } from '../../core/operation.ts'
import type { Platform } from '../../core/platform.ts'
import cancelJobRun from './cancel-job-run.ts'
import createApplication from './create-application.ts'
import deleteApplication from './delete-application.ts'
import getApplication from './get-application.ts'
import getJobRun from './get-job-run.ts'
import { isGoingOn, jobRuns, keepRun } from './job-runs.ts'
import listApplications from './list-applications.ts'
import listJobRuns from './list-job-runs.ts'
import listTagsForResource from './list-tags-for-resource.ts'
import startApplication from './start-application.ts'
import startJobRun from './start-job-run.ts'
import stopApplication from './stop-application.ts'
import tagResource from './tag-resource.ts'
import untagResource from './untag-resource.ts'
import updateApplication from './update-application.ts'

export const operations: Operation[] = [
  cancelJobRun,
  createApplication,
  deleteApplication,
  getApplication,
  getJobRun,
  listApplications,
  listJobRuns,
  listTagsForResource,
  startApplication,
  startJobRun,
  stopApplication,
  tagResource,
  untagResource,
  updateApplication,
]

/** A run does not outlive the platform. */
export const start = (platform: Platform): void => {
  for (const { value } of jobRuns(platform).list()) {
    if (!isGoingOn(value)) continue
    const stateDetails = 'The platform ended while the run was going on.'
    keepRun(platform, { ...value, state: 'FAILED', stateDetails, ended: platform.clock.now() })
  }
}
