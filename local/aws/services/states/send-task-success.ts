import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import { defineOperation } from '../../core/operation.ts'
import { openTasks, taskTokenInput } from './tasks/open-tasks.ts'

const longestOutputBytes = 262_144

const parsed = (output: string) => {
  try {
    return JSON.parse(output)
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error)
    throw new AwsError('InvalidOutput', `Invalid Output: '${problem}'`)
  }
}

export default defineOperation({
  service: 'states',
  name: 'SendTaskSuccess',
  input: z.strictObject({
    taskToken: taskTokenInput,
    output: z
      .string()
      .refine((output) => Buffer.byteLength(output) <= longestOutputBytes, `at most ${longestOutputBytes} bytes`),
  }),
  needs: () => [{ action: 'states:SendTaskSuccess', resource: '*' }],
  run: ({ taskToken, output }, { platform }) => {
    const tasks = openTasks(platform)
    tasks.require(taskToken)
    tasks.settle(taskToken, { result: parsed(output) })
    return {}
  },
})
