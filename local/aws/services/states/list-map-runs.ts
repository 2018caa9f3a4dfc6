import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { execution } from './executions/execution.ts'
import { mapRuns } from './map-runs/map-run.ts'
import { arnInput } from './names.ts'
import { pageOf, pagingInput } from './paging.ts'

export default defineOperation({
  service: 'states',
  name: 'ListMapRuns',
  input: z.strictObject({ executionArn: arnInput, ...pagingInput }),
  needs: ({ executionArn }) => [{ action: 'states:ListMapRuns', resource: executionArn }],
  run: ({ executionArn, ...paging }, { platform }) => {
    const { arn, machine } = execution(platform, executionArn)
    const runs = mapRuns(platform)
      .list({ prefix: `${machine.name.replace(/\/.*/, '')}/` })
      .map(({ value }) => value)
      .filter((run) => run.executionArn === arn)
      .toSorted((a, b) => b.startedAt - a.startedAt)
    const { items, ...rest } = pageOf(runs, ({ key }) => key, paging)
    return {
      mapRuns: items.map((run) => ({
        executionArn: arn,
        mapRunArn: run.arn,
        stateMachineArn: run.machineArn,
        startDate: new Date(run.startedAt),
        stopDate: run.stoppedAt === undefined ? undefined : new Date(run.stoppedAt),
      })),
      ...rest,
    }
  },
})
