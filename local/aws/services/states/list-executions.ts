import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { executions } from './executions/execution.ts'
import { stateMachine } from './machines/state-machine.ts'
import { arnInput } from './names.ts'
import { pageOf, pagingInput } from './paging.ts'

/** The newest execution comes first. */
export default defineOperation({
  service: 'states',
  name: 'ListExecutions',
  input: z.strictObject({
    stateMachineArn: arnInput,
    statusFilter: z.enum(['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED', 'PENDING_REDRIVE']).optional(),
    redriveFilter: z.literal('NOT_REDRIVEN').optional(),
    ...pagingInput,
  }),
  needs: ({ stateMachineArn }) => [{ action: 'states:ListExecutions', resource: stateMachineArn }],
  run: ({ stateMachineArn, statusFilter, ...paging }, { platform }) => {
    const { name } = stateMachine(platform, stateMachineArn)
    const found = executions(platform)
      .list({ prefix: `${name}:` })
      .map(({ value }) => value)
      .filter(({ status }) => statusFilter === undefined || status === statusFilter)
      .toSorted((a, b) => b.startedAt - a.startedAt)
    const { items, ...rest } = pageOf(found, ({ key }) => key, paging)
    return {
      executions: items.map((item) => ({
        executionArn: item.arn,
        stateMachineArn: item.machineArn,
        name: item.name,
        status: item.status,
        startDate: new Date(item.startedAt),
        stopDate: item.stoppedAt === undefined ? undefined : new Date(item.stoppedAt),
        redriveCount: 0,
      })),
      ...rest,
    }
  },
})
