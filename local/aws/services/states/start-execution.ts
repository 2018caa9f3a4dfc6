import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import { defineOperation } from '../../core/operation.ts'
import { beginExecution } from './executions/begin-execution.ts'
import { executionData, executions } from './executions/execution.ts'
import { stateMachine } from './machines/state-machine.ts'
import { arnInput, checkName, executionArn, nameInput } from './names.ts'

const longestInputBytes = 262_144

const checkInput = (input: string) => {
  try {
    JSON.parse(input)
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error)
    throw new AwsError('InvalidExecutionInput', `Invalid State Machine Execution Input: '${problem}'`)
  }
}

/** A second request with the name and the input of an execution that still runs gets that execution's answer. */
export default defineOperation({
  service: 'states',
  name: 'StartExecution',
  input: z.strictObject({
    stateMachineArn: arnInput,
    name: nameInput.optional(),
    input: z
      .string()
      .refine((input) => Buffer.byteLength(input) <= longestInputBytes, `at most ${longestInputBytes} bytes`)
      .default('{}'),
    traceHeader: z.string().max(256).optional(),
  }),
  needs: ({ stateMachineArn }) => [{ action: 'states:StartExecution', resource: stateMachineArn }],
  run: ({ stateMachineArn, name = randomUUID(), input }, { platform }) => {
    checkName(name)
    const machine = stateMachine(platform, stateMachineArn)
    checkInput(input)
    const arn = executionArn(platform, machine.name, name)
    const key = `${machine.name}:${name}`
    const known = executions(platform).get(key)
    if (known) {
      if (known.status === 'RUNNING' && executionData(platform).get(key)?.input === input) {
        return { executionArn: arn, startDate: new Date(known.startedAt) }
      }
      throw new AwsError('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`)
    }
    const { startedAt } = beginExecution(platform, { key, arn, machineArn: machine.arn, name }, { input, machine })
    return { executionArn: arn, startDate: new Date(startedAt) }
  },
})
