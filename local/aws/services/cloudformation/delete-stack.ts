import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import { defineOperation } from '../../core/operation.ts'
import { dropChangeSets } from './change-sets.ts'
import { startDelete } from './stack-runs.ts'
import { findStack, stackArn } from './stacks.ts'

export default defineOperation({
  service: 'cloudformation',
  name: 'DeleteStack',
  input: z.strictObject({
    StackName: z.string(),
    ClientRequestToken: z.string().optional(),
  }),
  needs: ({ StackName }, platform) => [
    { action: 'cloudformation:DeleteStack', resource: stackArn(platform, StackName) },
  ],
  run({ StackName }, { platform, principal }) {
    const stack = findStack(platform, StackName)
    if (!stack || stack.status === 'DELETE_COMPLETE' || stack.status === 'DELETE_IN_PROGRESS') return {}
    if (stack.status.endsWith('_IN_PROGRESS') && stack.status !== 'REVIEW_IN_PROGRESS') {
      throw new AwsError('ValidationError', `Stack [${stack.name}] cannot be deleted while in status ${stack.status}`)
    }
    dropChangeSets(platform, stack)
    startDelete({ platform, principal, stack })
    return {}
  },
})
