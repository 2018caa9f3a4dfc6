import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import { defineOperation } from '../../core/operation.ts'
import type { Platform } from '../../core/platform.ts'
import { executions } from './executions/execution.ts'
import { stateMachine } from './machines/state-machine.ts'
import { mapRun } from './map-runs/map-run.ts'
import { arnInput } from './names.ts'
import { pageOf, pagingInput } from './paging.ts'

interface Of {
  readonly stateMachineArn: string | undefined
  readonly mapRunArn: string | undefined
}

/** `machine/label`, as the children of a Map Run call their machine. */
const mapRunMachine = (platform: Platform, arn: string) => mapRun(platform, arn).machineArn.replace(/.*:/, '')

const standardMachine = (platform: Platform, arn: string) => {
  const { name, type } = stateMachine(platform, arn)
  if (type !== 'EXPRESS') return name
  throw new AwsError('StateMachineTypeNotSupported', 'This operation is not supported by this type of state machine')
}

const executionsOf = (platform: Platform, { stateMachineArn, mapRunArn }: Of) => {
  if ((stateMachineArn === undefined) === (mapRunArn === undefined)) {
    throw new AwsError('ValidationException', 'Must specify exactly one of State Machine ARN or Map Run ARN')
  }
  const prefix =
    mapRunArn === undefined ? standardMachine(platform, stateMachineArn ?? '') : mapRunMachine(platform, mapRunArn)
  return executions(platform)
    .list({ prefix: `${prefix}:` })
    .map(({ value }) => value)
    .filter((execution) => execution.mapRunArn === mapRunArn)
}

/** The newest execution comes first. */
export default defineOperation({
  service: 'states',
  name: 'ListExecutions',
  input: z.strictObject({
    stateMachineArn: arnInput.optional(),
    mapRunArn: arnInput.optional(),
    statusFilter: z.enum(['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED', 'PENDING_REDRIVE']).optional(),
    redriveFilter: z.enum(['REDRIVEN', 'NOT_REDRIVEN']).optional(),
    ...pagingInput,
  }),
  needs: ({ stateMachineArn, mapRunArn }) => [
    { action: 'states:ListExecutions', resource: stateMachineArn ?? mapRunArn ?? '*' },
  ],
  run: ({ stateMachineArn, mapRunArn, statusFilter, redriveFilter, ...paging }, { platform }) => {
    const found = executionsOf(platform, { stateMachineArn, mapRunArn })
      .filter(({ status }) => statusFilter === undefined || status === statusFilter)
      .filter(
        ({ redriveCount = 0 }) => redriveFilter === undefined || redriveCount > 0 === (redriveFilter === 'REDRIVEN'),
      )
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
        mapRunArn: item.mapRunArn,
        redriveCount: item.redriveCount ?? 0,
        redriveDate: item.redrivenAt === undefined ? undefined : new Date(item.redrivenAt),
      })),
      ...rest,
    }
  },
})
