import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { RoleName, knownRoleArn, roleOf } from './roles.ts'

export default defineOperation({
  service: 'iam',
  name: 'ListAttachedRolePolicies',
  input: z.strictObject({ RoleName, MaxItems: z.int().optional() }),
  needs: ({ RoleName }, platform) => [
    { action: 'iam:ListAttachedRolePolicies', resource: knownRoleArn(platform, RoleName) },
  ],
  run: ({ RoleName }, { platform }) => ({
    IsTruncated: false,
    AttachedPolicies: roleOf(platform, RoleName).attached.map((PolicyArn) => ({
      PolicyArn,
      PolicyName: PolicyArn.split('/').at(-1),
    })),
  }),
})
