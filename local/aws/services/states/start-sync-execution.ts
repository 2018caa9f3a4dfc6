import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import { defineOperation } from '../../core/operation.ts'
import { checkInput, executionInput } from './executions/execution-input.ts'
import { expressExecutions } from './executions/express-executions.ts'
import { stateMachine } from './machines/state-machine.ts'
import { arnInput, checkName, nameInput } from './names.ts'

/** Runs an Express machine and answers with how it ended. */
export default defineOperation({
  service: 'states',
  name: 'StartSyncExecution',
  input: z.strictObject({
    stateMachineArn: arnInput,
    name: nameInput.optional(),
    input: executionInput,
    traceHeader: z.string().max(256).optional(),
    includedData: z.enum(['ALL_DATA', 'METADATA_ONLY']).default('ALL_DATA'),
  }),
  needs: ({ stateMachineArn }) => [{ action: 'states:StartSyncExecution', resource: stateMachineArn }],
  run: async ({ stateMachineArn, name = randomUUID(), input, includedData }, { platform }) => {
    checkName(name)
    const machine = stateMachine(platform, stateMachineArn)
    if (machine.type !== 'EXPRESS') {
      throw new AwsError(
        'StateMachineTypeNotSupported',
        'This operation is not supported by this type of state machine',
      )
    }
    checkInput(input)
    const { arn, startedAt, outcome } = expressExecutions(platform).start(machine, name, input)
    const { status, ...ended } = await outcome
    const stoppedAt = platform.clock.now()
    const output = 'output' in ended ? JSON.stringify(ended.output) : undefined
    return {
      executionArn: arn,
      stateMachineArn,
      name,
      startDate: new Date(startedAt),
      stopDate: new Date(stoppedAt),
      status,
      ...('output' in ended ? {} : ended),
      ...(includedData === 'ALL_DATA' && {
        input,
        inputDetails: { included: true },
        output,
        outputDetails: output === undefined ? undefined : { included: true },
      }),
      billingDetails: {
        billedMemoryUsedInMB: 64,
        billedDurationInMilliseconds: Math.max(100, Math.ceil((stoppedAt - startedAt) / 100) * 100),
      },
    }
  },
})
