import type { Stack, StackResource } from './stacks.ts'

/** A resource as DescribeStackResources shows it. */
export const describedResource = (stack: Stack, resource: StackResource) => ({
  StackName: stack.name,
  StackId: stack.id,
  LogicalResourceId: resource.logicalId,
  PhysicalResourceId: resource.physicalId,
  ResourceType: resource.type,
  ResourceStatus: resource.status,
  ResourceStatusReason: resource.reason,
})
