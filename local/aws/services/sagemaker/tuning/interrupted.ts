import type { Platform } from '../../../core/platform.ts'
import { isEnded, saveTuningJob, tuningJobs } from './tuning-job.ts'

/** Jobs whose process is gone with a former platform fail, as their training jobs do. */
export const interruptedTuningJobs = (platform: Platform) => {
  const endedAt = platform.clock.now()
  for (const { value: job } of tuningJobs(platform).list()) {
    if (isEnded(job)) continue
    if (job.status === 'Stopping') saveTuningJob(platform, { ...job, status: 'Stopped', endedAt })
    else {
      const failureReason = 'InternalServerError: The platform was restarted while the job was running.'
      saveTuningJob(platform, { ...job, status: 'Failed', endedAt, failureReason })
    }
  }
}
