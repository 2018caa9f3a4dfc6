import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { PolicyDocument, RoleName, changeRole, checkPolicy, knownRoleArn } from './roles.ts'

export default defineOperation({
  service: 'iam',
  name: 'UpdateAssumeRolePolicy',
  input: z.strictObject({ RoleName, PolicyDocument }),
  needs: ({ RoleName }, platform) => [
    { action: 'iam:UpdateAssumeRolePolicy', resource: knownRoleArn(platform, RoleName) },
  ],
  run: ({ RoleName, PolicyDocument }, { platform }) => {
    checkPolicy(PolicyDocument, 'trust')
    changeRole(platform, RoleName, () => ({ trust: PolicyDocument }))
    return {}
  },
})
