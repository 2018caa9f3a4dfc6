import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import { defineOperation } from '../../core/operation.ts'
import { describedResource } from './described-resource.ts'
import { existingStack, resourceOf, stackArn } from './stacks.ts'

export default defineOperation({
  service: 'cloudformation',
  name: 'DescribeStackResource',
  input: z.strictObject({ StackName: z.string(), LogicalResourceId: z.string() }),
  needs: ({ StackName }, platform) => [
    { action: 'cloudformation:DescribeStackResource', resource: stackArn(platform, StackName) },
  ],
  run({ StackName, LogicalResourceId }, { platform }) {
    const stack = existingStack(platform, StackName)
    const resource = resourceOf(platform, stack, LogicalResourceId)
    if (!resource) {
      throw new AwsError('ValidationError', `Resource ${LogicalResourceId} does not exist for stack ${stack.name}`)
    }
    const LastUpdatedTimestamp = new Date(resource.time)
    return { StackResourceDetail: { ...describedResource(stack, resource), LastUpdatedTimestamp } }
  },
})
