import type { Platform } from '../../../core/platform.ts'
import { mapRuns } from '../map-runs/map-run.ts'
import { endExecution } from './end-execution.ts'
import { executions } from './execution.ts'
import { appendEvent, historyOf } from './history.ts'

const problem = {
  error: 'PlatformRestarted',
  cause: 'The local platform ended while this execution ran. Redrive it, or start it again under a new name.',
}

/**
 * Ends what a former process left RUNNING as ABORTED, with a cause that says why. AWS would go on with such an
 * execution by itself; here RedriveExecution does, because what its tasks had begun (function calls, jobs) died with the
 * process.
 */
export const endInterruptedExecutions = (platform: Platform): void => {
  for (const { value } of executions(platform).list()) {
    if (value.status !== 'RUNNING') continue
    const last = historyOf(platform, value.key).at(-1)?.id ?? 0
    appendEvent(platform, value.key, {
      id: last + 1,
      previousEventId: last,
      type: 'ExecutionAborted',
      timestamp: platform.clock.now(),
      executionAbortedEventDetails: problem,
    })
    endExecution(platform, value.key, { status: 'ABORTED', ...problem })
  }
  for (const { value } of mapRuns(platform).list()) {
    if (value.status !== 'RUNNING') continue
    mapRuns(platform).put(value.key, { ...value, status: 'ABORTED', stoppedAt: platform.clock.now() })
  }
}
