import type { Platform } from '../../../core/platform.ts'
import { emitStatus } from './emit-status.ts'
import { executionData, executions } from './execution.ts'
import type { ExecutionData, ExecutionRecord } from './execution.ts'
import { runningExecutions } from './running-executions.ts'

/** Stores an execution as RUNNING, tells the bus and runs it; resolves at its end. */
export const beginExecution = (
  platform: Platform,
  record: Omit<ExecutionRecord, 'status' | 'startedAt'>,
  data: Pick<ExecutionData, 'input' | 'machine'>,
): { readonly startedAt: number; readonly done: Promise<void> } => {
  const startedAt = platform.clock.now()
  platform.store.transaction(() => {
    executions(platform).put(record.key, { ...record, status: 'RUNNING', startedAt })
    executionData(platform).put(record.key, data)
  })
  emitStatus(platform, record.arn)
  return { startedAt, done: runningExecutions(platform).start(record.key) }
}
