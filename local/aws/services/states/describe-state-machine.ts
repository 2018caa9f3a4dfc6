import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { stateMachine } from './machines/state-machine.ts'
import { arnInput } from './names.ts'

export default defineOperation({
  service: 'states',
  name: 'DescribeStateMachine',
  input: z.strictObject({
    stateMachineArn: arnInput,
    includedData: z.enum(['ALL_DATA', 'METADATA_ONLY']).default('ALL_DATA'),
  }),
  needs: ({ stateMachineArn }) => [{ action: 'states:DescribeStateMachine', resource: stateMachineArn }],
  run: ({ stateMachineArn, includedData }, { platform }) => {
    const machine = stateMachine(platform, stateMachineArn)
    return {
      stateMachineArn: machine.arn,
      name: machine.name,
      status: 'ACTIVE',
      ...(includedData === 'ALL_DATA' && { definition: machine.definition }),
      roleArn: machine.roleArn,
      type: machine.type,
      creationDate: new Date(machine.createdAt),
      loggingConfiguration: machine.loggingConfiguration,
      tracingConfiguration: machine.tracingConfiguration,
      revisionId: machine.revisionId,
      encryptionConfiguration: { type: 'AWS_OWNED_KEY' },
    }
  },
})
