import type { Platform } from '../../../core/platform.ts'
import { endProcessingJob, isEnded, processingJobs } from './processing-job.ts'

/** Jobs whose process is gone with a former platform fail, as on a lost instance. */
export const interruptedProcessingJobs = (platform: Platform) => {
  for (const { value: job } of processingJobs(platform).list()) {
    if (isEnded(job)) continue
    if (job.status === 'Stopping') endProcessingJob(platform, job.name, { status: 'Stopped' })
    else {
      const failureReason = 'InternalServerError: The platform was restarted while the job was running.'
      endProcessingJob(platform, job.name, { status: 'Failed', failureReason })
    }
  }
}
