import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { stackArn, stacks } from './stacks.ts'

export default defineOperation({
  service: 'cloudformation',
  name: 'ListStacks',
  input: z.strictObject({ StackStatusFilter: z.array(z.string()).optional(), NextToken: z.string().optional() }),
  needs: (_, platform) => [{ action: 'cloudformation:ListStacks', resource: stackArn(platform, '*') }],
  run: ({ StackStatusFilter }, { platform }) => ({
    StackSummaries: stacks(platform)
      .list()
      .map(({ value }) => value)
      .filter(({ status }) => !StackStatusFilter?.length || StackStatusFilter.includes(status))
      .map(({ id, name, status, reason, created, updated, deleted }) => ({
        StackId: id,
        StackName: name,
        CreationTime: new Date(created),
        LastUpdatedTime: updated === undefined ? undefined : new Date(updated),
        DeletionTime: deleted === undefined ? undefined : new Date(deleted),
        StackStatus: status,
        StackStatusReason: reason,
      })),
  }),
})
