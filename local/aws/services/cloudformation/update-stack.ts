import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import { defineOperation } from '../../core/operation.ts'
import { differs } from './changes.ts'
import { assertUpdatable } from './new-stack.ts'
import { startUpdate } from './stack-runs.ts'
import { existingStack, stackArn } from './stacks.ts'
import { submission, submissionInput } from './submission.ts'

export default defineOperation({
  service: 'cloudformation',
  name: 'UpdateStack',
  input: z.strictObject({ ...submissionInput, StackName: z.string() }),
  needs: ({ StackName }, platform) => [
    { action: 'cloudformation:UpdateStack', resource: stackArn(platform, StackName) },
  ],
  async run(input, { platform, principal }) {
    const before = existingStack(platform, input.StackName)
    assertUpdatable(before)
    const submitted = await submission(input, before, platform, principal)
    if (!differs(platform, before, submitted)) throw new AwsError('ValidationError', 'No updates are to be performed.')
    const stack = {
      ...before,
      template: submitted.body,
      parameters: submitted.parameters,
      capabilities: input.Capabilities ?? [],
      tags: input.Tags ?? before.tags,
    }
    startUpdate({ platform, principal, stack }, before, input.DisableRollback)
    return { StackId: before.id }
  },
})
