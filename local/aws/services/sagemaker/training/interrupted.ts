import type { Platform } from '../../../core/platform.ts'
import { trainingJobs } from './training-job.ts'
import { advance, isFinal } from './transitions.ts'

/** Jobs whose process is gone with a former platform fail, as on a lost instance. */
export const interruptedTrainingJobs = (platform: Platform) => {
  for (const { value: job } of trainingJobs(platform).list()) {
    if (isFinal(job.status)) continue
    if (job.status === 'Stopping') advance(platform, job.name, 'Stopped', { endedAt: platform.clock.now() })
    else {
      advance(platform, job.name, 'Failed', {
        endedAt: platform.clock.now(),
        failureReason: 'InternalServerError: The platform was restarted while the job was running.',
      })
    }
  }
}
