import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import { defineOperation } from '../../core/operation.ts'
import { changeSetKey, changeSets, existingChangeSet } from './change-sets.ts'
import { assertUpdatable } from './new-stack.ts'
import { startCreate, startUpdate } from './stack-runs.ts'
import { existingStack, stackArn } from './stacks.ts'

export default defineOperation({
  service: 'cloudformation',
  name: 'ExecuteChangeSet',
  input: z.strictObject({
    ChangeSetName: z.string(),
    StackName: z.string().optional(),
    ClientRequestToken: z.string().optional(),
    DisableRollback: z.boolean().optional(),
  }),
  needs: ({ StackName = '*' }, platform) => [
    { action: 'cloudformation:ExecuteChangeSet', resource: stackArn(platform, StackName) },
  ],
  run({ ChangeSetName, StackName, DisableRollback }, { platform, principal }) {
    const changeSet = existingChangeSet(platform, ChangeSetName, StackName)
    if (changeSet.status === 'FAILED' || changeSet.executed) {
      throw new AwsError(
        'InvalidChangeSetStatus',
        `ChangeSet [${changeSet.id}] cannot be executed in its current status of [${changeSet.executed ? 'EXECUTE_COMPLETE' : 'FAILED'}]`,
      )
    }
    const before = existingStack(platform, changeSet.stackId)
    if (changeSet.kind === 'UPDATE') assertUpdatable(before)
    const { template, parameters, capabilities, tags } = changeSet
    changeSets(platform).put(changeSetKey(changeSet), { ...changeSet, executed: true })
    const run = { platform, principal, stack: { ...before, template, parameters, capabilities, tags } }
    if (changeSet.kind === 'CREATE') startCreate(run, DisableRollback)
    else startUpdate(run, before, DisableRollback)
    return {}
  },
})
