import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { existingChangeSet } from './change-sets.ts'
import { stackArn } from './stacks.ts'

export default defineOperation({
  service: 'cloudformation',
  name: 'DescribeChangeSet',
  input: z.strictObject({
    ChangeSetName: z.string(),
    StackName: z.string().optional(),
    NextToken: z.string().optional(),
    IncludePropertyValues: z.boolean().optional(),
  }),
  needs: ({ StackName = '*' }, platform) => [
    { action: 'cloudformation:DescribeChangeSet', resource: stackArn(platform, StackName) },
  ],
  run({ ChangeSetName, StackName }, { platform }) {
    const found = existingChangeSet(platform, ChangeSetName, StackName)
    return {
      ChangeSetName: found.name,
      ChangeSetId: found.id,
      StackId: found.stackId,
      StackName: found.stackName,
      CreationTime: new Date(found.created),
      ExecutionStatus: found.status === 'FAILED' ? 'UNAVAILABLE' : found.executed ? 'EXECUTE_COMPLETE' : 'AVAILABLE',
      Status: found.status,
      StatusReason: found.reason,
      Capabilities: found.capabilities,
      Parameters: Object.entries(found.parameters).map(([ParameterKey, ParameterValue]) => ({
        ParameterKey,
        ParameterValue,
      })),
      Tags: found.tags,
      Changes: found.changes,
    }
  },
})
