import type { Outcome } from '@hopline/local-states'
import type { Platform } from '../../../core/platform.ts'
import { emitStatus } from './emit-status.ts'
import { executionData, executions } from './execution.ts'

/** Writes how an execution ended, and tells the bus. */
export const endExecution = (platform: Platform, key: string, { status, ...rest }: Outcome): void => {
  const record = executions(platform).get(key)
  const data = executionData(platform).get(key)
  if (!record || !data) return
  const result = 'output' in rest ? { output: JSON.stringify(rest.output) } : rest
  platform.store.transaction(() => {
    executionData(platform).put(key, { ...data, ...result })
    executions(platform).put(key, { ...record, status, stoppedAt: platform.clock.now() })
  })
  emitStatus(platform, record.arn)
}
