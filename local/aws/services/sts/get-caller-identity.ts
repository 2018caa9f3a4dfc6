import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { roleNameOf, rolesOf } from '../../core/policy/role-record.ts'

export default defineOperation({
  service: 'sts',
  name: 'GetCallerIdentity',
  input: z.strictObject({}),
  needs: () => [],
  run: (_input, { principal: { kind, arn, roleArn = '' }, platform: { account, store } }) => {
    const roleId = rolesOf(store).get(roleNameOf(roleArn))?.RoleId ?? roleNameOf(roleArn)
    return { UserId: kind === 'role' ? `${roleId}:${arn.split('/').at(-1)}` : account, Account: account, Arn: arn }
  },
})
