import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { PolicyArn, RoleName, changeRole, knownRoleArn, requirePolicy } from './roles.ts'

export default defineOperation({
  service: 'iam',
  name: 'AttachRolePolicy',
  input: z.strictObject({ RoleName, PolicyArn }),
  needs: ({ RoleName }, platform) => [{ action: 'iam:AttachRolePolicy', resource: knownRoleArn(platform, RoleName) }],
  run: ({ RoleName, PolicyArn }, { platform }) => {
    requirePolicy(platform, PolicyArn)
    changeRole(platform, RoleName, ({ attached }) => ({ attached: [...new Set([...attached, PolicyArn])] }))
    return {}
  },
})
