import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { describedResource } from './described-resource.ts'
import { existingStack, resourcesOf, stackArn } from './stacks.ts'

export default defineOperation({
  service: 'cloudformation',
  name: 'DescribeStackResources',
  input: z.strictObject({ StackName: z.string(), LogicalResourceId: z.string().optional() }),
  needs: ({ StackName }, platform) => [
    { action: 'cloudformation:DescribeStackResources', resource: stackArn(platform, StackName) },
  ],
  run({ StackName, LogicalResourceId }, { platform }) {
    const stack = existingStack(platform, StackName)
    return {
      StackResources: resourcesOf(platform, stack)
        .filter(({ logicalId }) => LogicalResourceId === undefined || logicalId === LogicalResourceId)
        .map((resource) => ({ ...describedResource(stack, resource), Timestamp: new Date(resource.time) })),
    }
  },
})
