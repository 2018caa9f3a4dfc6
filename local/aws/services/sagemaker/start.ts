import type { Platform } from '../../core/platform.ts'
import { closing } from './closing.ts'
import { fleets } from './hosting/fleets.ts'
import { interruptedProcessingJobs } from './processing/interrupted.ts'
import { runningJobs } from './running-jobs.ts'
import { interruptedTrainingJobs } from './training/interrupted.ts'
import { interruptedTransformJobs } from './transform/interrupted.ts'
import { interruptedTuningJobs } from './tuning/interrupted.ts'

/** Serves again what was in service; jobs that a former process had at work have failed. */
export const start = (platform: Platform) => {
  interruptedTrainingJobs(platform)
  interruptedTransformJobs(platform)
  interruptedProcessingJobs(platform)
  interruptedTuningJobs(platform)
  const endpoints = fleets(platform)
  runningJobs(platform)
  closing(platform) // registered last, told first
  endpoints.restore()
}
