import type { Platform } from '../../../core/platform.ts'
import { endTransformJob, isEnded, transformJobs } from './transform-job.ts'

/** Jobs whose process is gone with a former platform fail, as on a lost instance. */
export const interruptedTransformJobs = (platform: Platform) => {
  for (const { value: job } of transformJobs(platform).list()) {
    if (isEnded(job)) continue
    endTransformJob(platform, job.name, 'InternalServerError: The platform was restarted while the job was running.')
  }
}
