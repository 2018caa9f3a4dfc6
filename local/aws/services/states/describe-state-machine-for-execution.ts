import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { execution } from './executions/execution.ts'
import { arnInput } from './names.ts'

/** The machine as it was when the execution started. */
export default defineOperation({
  service: 'states',
  name: 'DescribeStateMachineForExecution',
  input: z.strictObject({
    executionArn: arnInput,
    includedData: z.enum(['ALL_DATA', 'METADATA_ONLY']).default('ALL_DATA'),
  }),
  needs: ({ executionArn }) => [{ action: 'states:DescribeStateMachineForExecution', resource: executionArn }],
  run: ({ executionArn, includedData }, { platform }) => {
    const { machine } = execution(platform, executionArn)
    return {
      stateMachineArn: machine.arn,
      name: machine.name,
      ...(includedData === 'ALL_DATA' && { definition: machine.definition }),
      roleArn: machine.roleArn,
      updateDate: new Date(machine.updatedAt ?? machine.createdAt),
      loggingConfiguration: machine.loggingConfiguration,
      tracingConfiguration: machine.tracingConfiguration,
      revisionId: machine.revisionId,
      encryptionConfiguration: { type: 'AWS_OWNED_KEY' },
    }
  },
})
