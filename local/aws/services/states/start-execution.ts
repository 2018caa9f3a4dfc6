import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import { defineOperation } from '../../core/operation.ts'
import { beginExecution } from './executions/begin-execution.ts'
import { checkInput, executionInput } from './executions/execution-input.ts'
import { executionData, executions } from './executions/execution.ts'
import { expressExecutions } from './executions/express-executions.ts'
import { stateMachine } from './machines/state-machine.ts'
import { arnInput, checkName, executionArn, nameInput } from './names.ts'

/**
 * A second request with the name and the input of an execution that still runs gets that execution's answer.
 * Express machines run once for every request.
 */
export default defineOperation({
  service: 'states',
  name: 'StartExecution',
  input: z.strictObject({
    stateMachineArn: arnInput,
    name: nameInput.optional(),
    input: executionInput,
    traceHeader: z.string().max(256).optional(),
  }),
  needs: ({ stateMachineArn }) => [{ action: 'states:StartExecution', resource: stateMachineArn }],
  run: ({ stateMachineArn, name = randomUUID(), input }, { platform }) => {
    checkName(name)
    const machine = stateMachine(platform, stateMachineArn)
    checkInput(input)
    if (machine.type === 'EXPRESS') {
      const { arn, startedAt } = expressExecutions(platform).start(machine, name, input)
      return { executionArn: arn, startDate: new Date(startedAt) }
    }
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
