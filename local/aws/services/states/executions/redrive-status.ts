import type { Platform } from '../../../core/platform.ts'
import type { ExecutionRecord } from './execution.ts'

const redrivableForMs = 14 * 86_400_000

const refused = (redriveStatusReason: string) => ({ redriveStatus: 'NOT_REDRIVABLE', redriveStatusReason })

/** Whether RedriveExecution would go on with an execution, as DescribeExecution and events tell it. */
export const redriveStatus = (platform: Platform, { status, stoppedAt = 0, mapRunArn }: ExecutionRecord) => {
  if (status === 'RUNNING' || status === 'SUCCEEDED') return refused(`Execution is ${status} and cannot be redriven`)
  if (platform.clock.now() - stoppedAt > redrivableForMs) {
    return refused('Execution has been closed for more than 14 days and cannot be redriven')
  }
  return {
    redriveStatus: mapRunArn === undefined ? 'REDRIVABLE' : 'REDRIVABLE_BY_MAP_RUN',
    redriveStatusReason: undefined,
  }
}
