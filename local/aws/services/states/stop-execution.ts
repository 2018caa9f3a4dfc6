import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { execution } from './executions/execution.ts'
import { runningExecutions } from './executions/running-executions.ts'
import { arnInput } from './names.ts'

/** Ends an execution as ABORTED; one that has ended stays as it is. */
export default defineOperation({
  service: 'states',
  name: 'StopExecution',
  input: z.strictObject({
    executionArn: arnInput,
    error: z.string().max(256).optional(),
    cause: z.string().max(32_768).optional(),
  }),
  needs: ({ executionArn }) => [{ action: 'states:StopExecution', resource: executionArn }],
  run: async ({ executionArn, error, cause }, { platform }) => {
    const { key } = execution(platform, executionArn)
    const problem = { ...(error !== undefined && { error }), ...(cause !== undefined && { cause }) }
    await runningExecutions(platform).stop(key, problem)
    const { stoppedAt = platform.clock.now() } = execution(platform, executionArn)
    return { stopDate: new Date(stoppedAt) }
  },
})
