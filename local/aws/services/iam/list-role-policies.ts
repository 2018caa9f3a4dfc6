import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { RoleName, knownRoleArn, roleOf } from './roles.ts'

export default defineOperation({
  service: 'iam',
  name: 'ListRolePolicies',
  input: z.strictObject({ RoleName, MaxItems: z.int().optional() }),
  needs: ({ RoleName }, platform) => [{ action: 'iam:ListRolePolicies', resource: knownRoleArn(platform, RoleName) }],
  run: ({ RoleName }, { platform }) => ({
    IsTruncated: false,
    PolicyNames: Object.keys(roleOf(platform, RoleName).inline).toSorted(),
  }),
})
