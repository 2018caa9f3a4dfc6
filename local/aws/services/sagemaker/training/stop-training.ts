import type { Platform } from '../../../core/platform.ts'
import { runningJobs } from '../running-jobs.ts'
import { trainingJob } from './training-job.ts'
import { advance, isFinal } from './transitions.ts'

/** Tells a job to stop, once; one that has ended stays as it is. */
export const stopTraining = (platform: Platform, name: string) => {
  const { arn, status } = trainingJob(platform, name)
  if (isFinal(status)) return
  if (status !== 'Stopping') advance(platform, name, 'Stopping')
  runningJobs(platform).stop(arn)
}
