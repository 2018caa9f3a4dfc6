import type { Platform } from '../../core/platform.ts'
import { endInterruptedExecutions } from './executions/interrupted-executions.ts'
import { runningExecutions } from './executions/running-executions.ts'

/** Ends what a former process left at work. */
export const start = (platform: Platform): void => {
  runningExecutions(platform)
  endInterruptedExecutions(platform)
}
