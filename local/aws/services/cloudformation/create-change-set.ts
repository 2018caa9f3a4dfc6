import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import { defineOperation } from '../../core/operation.ts'
import type { ChangeSet } from './change-sets.ts'
import { changeSetArn, changeSetKey, changeSets } from './change-sets.ts'
import { changesOf, differs, noChanges } from './changes.ts'
import { assertUpdatable, newStack, stackName } from './new-stack.ts'
import { existingStack, findStack, stackArn } from './stacks.ts'
import { submission, submissionInput } from './submission.ts'

export default defineOperation({
  service: 'cloudformation',
  name: 'CreateChangeSet',
  input: z.strictObject({
    ...submissionInput,
    StackName: z.union([stackName, z.string().startsWith('arn:')]),
    ChangeSetName: stackName,
    ChangeSetType: z.enum(['CREATE', 'UPDATE']).optional(),
    ClientToken: z.string().optional(),
    Description: z.string().optional(),
  }),
  needs: ({ StackName }, platform) => [
    { action: 'cloudformation:CreateChangeSet', resource: stackArn(platform, StackName) },
  ],
  async run(input, { platform, principal }) {
    const kind = input.ChangeSetType ?? 'UPDATE'
    const present = kind === 'UPDATE' ? existingStack(platform, input.StackName) : findStack(platform, input.StackName)
    if (kind === 'UPDATE' && present) assertUpdatable(present)
    if (kind === 'CREATE' && present && present.status !== 'REVIEW_IN_PROGRESS') {
      throw new AwsError(
        'ValidationError',
        `Stack [${present.name}] already exists and cannot be created again with the changeSet [${input.ChangeSetName}].`,
      )
    }
    const submitted = await submission(input, present, platform, principal)
    const stack = present ?? newStack(platform, input.StackName, input.Tags ?? [])
    const name = input.ChangeSetName
    if (changeSets(platform).get(changeSetKey({ stackId: stack.id, name }))) {
      throw new AwsError('AlreadyExistsException', `ChangeSet ${name} already exists`)
    }
    const failed = !differs(platform, stack, submitted)
    const changeSet: ChangeSet = {
      id: changeSetArn(platform, name),
      name,
      stackId: stack.id,
      stackName: stack.name,
      kind,
      status: failed ? 'FAILED' : 'CREATE_COMPLETE',
      ...(failed && { reason: noChanges }),
      executed: false,
      template: submitted.body,
      parameters: submitted.parameters,
      capabilities: input.Capabilities ?? [],
      tags: input.Tags ?? [],
      changes: changesOf(platform, stack, submitted),
      created: platform.clock.now(),
    }
    changeSets(platform).put(changeSetKey(changeSet), changeSet)
    return { Id: changeSet.id, StackId: stack.id }
  },
})
