import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { newStack, stackName } from './new-stack.ts'
import { startCreate } from './stack-runs.ts'
import { stackArn } from './stacks.ts'
import { submission, submissionInput } from './submission.ts'

export default defineOperation({
  service: 'cloudformation',
  name: 'CreateStack',
  input: z.strictObject({
    ...submissionInput,
    StackName: stackName,
    OnFailure: z.enum(['ROLLBACK', 'DO_NOTHING']).optional(),
    TimeoutInMinutes: z.int().optional(),
  }),
  needs: ({ StackName }, platform) => [
    { action: 'cloudformation:CreateStack', resource: stackArn(platform, StackName) },
  ],
  async run(input, { platform, principal }) {
    const { body, parameters } = await submission(input, undefined, platform, principal)
    const stack = newStack(platform, input.StackName, input.Tags ?? [])
    startCreate(
      { platform, principal, stack: { ...stack, template: body, parameters, capabilities: input.Capabilities ?? [] } },
      input.DisableRollback ?? input.OnFailure === 'DO_NOTHING',
    )
    return { StackId: stack.id }
  },
})
