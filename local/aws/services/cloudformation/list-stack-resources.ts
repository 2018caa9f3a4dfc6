import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { existingStack, resourcesOf, stackArn } from './stacks.ts'

export default defineOperation({
  service: 'cloudformation',
  name: 'ListStackResources',
  input: z.strictObject({ StackName: z.string(), NextToken: z.string().optional() }),
  needs: ({ StackName }, platform) => [
    { action: 'cloudformation:ListStackResources', resource: stackArn(platform, StackName) },
  ],
  run: ({ StackName }, { platform }) => ({
    StackResourceSummaries: resourcesOf(platform, existingStack(platform, StackName)).map((resource) => ({
      LogicalResourceId: resource.logicalId,
      PhysicalResourceId: resource.physicalId,
      ResourceType: resource.type,
      LastUpdatedTimestamp: new Date(resource.time),
      ResourceStatus: resource.status,
      ResourceStatusReason: resource.reason,
    })),
  }),
})
