import * as z from 'zod'
import { documentText, number, tags, text } from '../property-values.ts'
import type { Made, ResourceContext } from '../resource-type.ts'
import { defineResource } from '../resource-type.ts'
import { retag } from './retag.ts'

const properties = z.strictObject({
  RoleName: text.optional(),
  Path: text.optional(),
  Description: text.optional(),
  AssumeRolePolicyDocument: documentText,
  ManagedPolicyArns: z.array(text).optional(),
  MaxSessionDuration: number.optional(),
  PermissionsBoundary: text.optional(),
  Policies: z.array(z.strictObject({ PolicyName: text, PolicyDocument: documentText })).optional(),
  Tags: tags.optional(),
})

type Properties = z.infer<typeof properties>
type Policies = Pick<Properties, 'Policies' | 'ManagedPolicyArns'>

/** Puts the policies that are wanted and takes away the others. */
const permit = async (RoleName: string, after: Policies, before: Policies, { call }: ResourceContext) => {
  for (const policy of after.Policies ?? []) await call('iam', 'PutRolePolicy', { RoleName, ...policy })
  for (const PolicyArn of after.ManagedPolicyArns ?? []) await call('iam', 'AttachRolePolicy', { RoleName, PolicyArn })
  for (const { PolicyName } of before.Policies ?? []) {
    if (!after.Policies?.some((policy) => policy.PolicyName === PolicyName)) {
      await call('iam', 'DeleteRolePolicy', { RoleName, PolicyName })
    }
  }
  for (const PolicyArn of before.ManagedPolicyArns ?? []) {
    if (!after.ManagedPolicyArns?.includes(PolicyArn)) await call('iam', 'DetachRolePolicy', { RoleName, PolicyArn })
  }
}

const made = async (RoleName: string, { call }: ResourceContext): Promise<Made> => {
  const { Role } = await call<{ Role: { Arn: string; RoleId: string } }>('iam', 'GetRole', { RoleName })
  return { physicalId: RoleName, attributes: { Arn: Role.Arn, RoleId: Role.RoleId } }
}

const remove = async (RoleName: string, before: Policies, context: ResourceContext) => {
  await permit(RoleName, {}, before, context)
  await context.call('iam', 'DeleteRole', { RoleName })
}

export default defineResource({
  type: 'AWS::IAM::Role',
  properties,
  replacedBy: ['RoleName', 'Path', 'PermissionsBoundary'],
  async create({ Policies, ManagedPolicyArns, ...role }, context) {
    const RoleName = role.RoleName ?? context.name(64)
    await context.call('iam', 'CreateRole', { ...role, RoleName })
    try {
      await permit(RoleName, { Policies, ManagedPolicyArns }, {}, context)
    } catch (error) {
      await context.call('iam', 'DeleteRole', { RoleName }).catch(() => {})
      throw error
    }
    return made(RoleName, context)
  },
  async update(after, { physicalId: RoleName, properties: before }, context) {
    const { AssumeRolePolicyDocument: PolicyDocument, Description = '', MaxSessionDuration = 3600 } = after
    if (PolicyDocument !== before.AssumeRolePolicyDocument) {
      await context.call('iam', 'UpdateAssumeRolePolicy', { RoleName, PolicyDocument })
    }
    if (after.Description !== before.Description || after.MaxSessionDuration !== before.MaxSessionDuration) {
      await context.call('iam', 'UpdateRole', { RoleName, Description, MaxSessionDuration })
    }
    await permit(RoleName, after, before, context)
    await retag(
      { before: before.Tags, after: after.Tags },
      {
        put: (Tags) => context.call('iam', 'TagRole', { RoleName, Tags }),
        remove: (TagKeys) => context.call('iam', 'UntagRole', { RoleName, TagKeys }),
      },
    )
    return made(RoleName, context)
  },
  delete: ({ physicalId, properties: before }, context) => remove(physicalId, before, context),
})
