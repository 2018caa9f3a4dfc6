import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { PolicyDocument, PolicyName, RoleName, changeRole, checkPolicy, knownRoleArn } from './roles.ts'

export default defineOperation({
  service: 'iam',
  name: 'PutRolePolicy',
  input: z.strictObject({ RoleName, PolicyName, PolicyDocument }),
  needs: ({ RoleName }, platform) => [{ action: 'iam:PutRolePolicy', resource: knownRoleArn(platform, RoleName) }],
  run: ({ RoleName, PolicyName, PolicyDocument }, { platform }) => {
    checkPolicy(PolicyDocument, 'identity')
    changeRole(platform, RoleName, ({ inline }) => ({ inline: { ...inline, [PolicyName]: PolicyDocument } }))
    return {}
  },
})
