import type { Platform } from '../../../core/platform.ts'
import { emitStatus } from './emit-status.ts'
import { executionData, executions } from './execution.ts'
import { runningExecutions } from './running-executions.ts'

/** Goes on with an execution from where it stood; `done` resolves at its end. */
export const redrive = (
  platform: Platform,
  key: string,
): { readonly redrivenAt: number; readonly done: Promise<void> } => {
  const record = executions(platform).get(key)
  const data = executionData(platform).get(key)
  if (!record || !data) throw new Error(`there is no execution ${key}`)
  const redrivenAt = platform.clock.now()
  const { arn, machineArn, name, startedAt, mapRunArn, redriveCount = 0 } = record
  platform.store.transaction(() => {
    executions(platform).put(key, {
      key,
      arn,
      machineArn,
      name,
      startedAt,
      ...(mapRunArn !== undefined && { mapRunArn }),
      status: 'RUNNING',
      redriveCount: redriveCount + 1,
      redrivenAt,
    })
    executionData(platform).put(key, { input: data.input, machine: data.machine })
  })
  emitStatus(platform, arn)
  return { redrivenAt, done: runningExecutions(platform).redrive(key) }
}
