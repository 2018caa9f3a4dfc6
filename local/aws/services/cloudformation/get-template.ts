import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { existingChangeSet } from './change-sets.ts'
import { existingStack, stackArn } from './stacks.ts'

export default defineOperation({
  service: 'cloudformation',
  name: 'GetTemplate',
  input: z.strictObject({
    StackName: z.string().optional(),
    ChangeSetName: z.string().optional(),
    TemplateStage: z.enum(['Original', 'Processed']).optional(),
  }),
  needs: ({ StackName = '*' }, platform) => [
    { action: 'cloudformation:GetTemplate', resource: stackArn(platform, StackName) },
  ],
  run({ StackName, ChangeSetName }, { platform }) {
    const { template } =
      ChangeSetName === undefined
        ? existingStack(platform, StackName ?? '')
        : existingChangeSet(platform, ChangeSetName, StackName)
    return { TemplateBody: template, StagesAvailable: ['Original', 'Processed'] }
  },
})
