import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { execution } from './executions/execution.ts'
import { redriveStatus } from './executions/redrive-status.ts'
import { arnInput } from './names.ts'

export default defineOperation({
  service: 'states',
  name: 'DescribeExecution',
  input: z.strictObject({
    executionArn: arnInput,
    includedData: z.enum(['ALL_DATA', 'METADATA_ONLY']).default('ALL_DATA'),
  }),
  needs: ({ executionArn }) => [{ action: 'states:DescribeExecution', resource: executionArn }],
  run: ({ executionArn, includedData }, { platform }) => {
    const found = execution(platform, executionArn)
    const { input, output } = found
    return {
      executionArn: found.arn,
      stateMachineArn: found.machineArn,
      name: found.name,
      status: found.status,
      startDate: new Date(found.startedAt),
      stopDate: found.stoppedAt === undefined ? undefined : new Date(found.stoppedAt),
      ...(includedData === 'ALL_DATA' && {
        input,
        inputDetails: { included: true },
        output,
        outputDetails: output === undefined ? undefined : { included: true },
        error: found.error,
        cause: found.cause,
      }),
      mapRunArn: found.mapRunArn,
      redriveCount: found.redriveCount ?? 0,
      redriveDate: found.redrivenAt === undefined ? undefined : new Date(found.redrivenAt),
      ...redriveStatus(platform, found),
    }
  },
})
