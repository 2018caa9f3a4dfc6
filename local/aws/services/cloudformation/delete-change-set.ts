import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { changeSetKey, changeSets, findChangeSet } from './change-sets.ts'
import { stackArn } from './stacks.ts'

export default defineOperation({
  service: 'cloudformation',
  name: 'DeleteChangeSet',
  input: z.strictObject({ ChangeSetName: z.string(), StackName: z.string().optional() }),
  needs: ({ StackName = '*' }, platform) => [
    { action: 'cloudformation:DeleteChangeSet', resource: stackArn(platform, StackName) },
  ],
  run({ ChangeSetName, StackName }, { platform }) {
    const found = findChangeSet(platform, ChangeSetName, StackName)
    if (found) changeSets(platform).delete(changeSetKey(found))
    return {}
  },
})
