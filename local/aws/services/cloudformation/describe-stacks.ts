import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import type { Stack } from './stacks.ts'
import { existingStack, stackArn, stacks } from './stacks.ts'
import { readTemplate } from './template.ts'

const hidden = '****'

const parametersOf = ({ template, parameters }: Stack) => {
  const declared = template === '' ? {} : (readTemplate(template).Parameters ?? {})
  return Object.entries(parameters).map(([ParameterKey, value]) => ({
    ParameterKey,
    ParameterValue: String(declared[ParameterKey]?.NoEcho ?? false) === 'true' ? hidden : value,
  }))
}

const described = (stack: Stack) => ({
  StackId: stack.id,
  StackName: stack.name,
  Description: stack.template === '' ? undefined : readTemplate(stack.template).Description,
  Parameters: parametersOf(stack),
  CreationTime: new Date(stack.created),
  LastUpdatedTime: stack.updated === undefined ? undefined : new Date(stack.updated),
  DeletionTime: stack.deleted === undefined ? undefined : new Date(stack.deleted),
  StackStatus: stack.status,
  StackStatusReason: stack.reason,
  DisableRollback: false,
  EnableTerminationProtection: false,
  Capabilities: stack.capabilities,
  Outputs: stack.outputs,
  Tags: stack.tags,
})

export default defineOperation({
  service: 'cloudformation',
  name: 'DescribeStacks',
  input: z.strictObject({ StackName: z.string().optional(), NextToken: z.string().optional() }),
  needs: ({ StackName = '*' }, platform) => [
    { action: 'cloudformation:DescribeStacks', resource: stackArn(platform, StackName) },
  ],
  run: ({ StackName }, { platform }) => ({
    Stacks: (StackName === undefined
      ? stacks(platform)
          .list()
          .map(({ value }) => value)
          .filter(({ status }) => status !== 'DELETE_COMPLETE')
      : [existingStack(platform, StackName)]
    ).map(described),
  }),
})
