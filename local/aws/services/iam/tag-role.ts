import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { RoleName, Tags, changeRole, knownRoleArn } from './roles.ts'

export default defineOperation({
  service: 'iam',
  name: 'TagRole',
  input: z.strictObject({ RoleName, Tags }),
  needs: ({ RoleName }, platform) => [{ action: 'iam:TagRole', resource: knownRoleArn(platform, RoleName) }],
  run: ({ RoleName, Tags: added }, { platform }) => {
    const named = new Set(added.map(({ Key }) => Key))
    changeRole(platform, RoleName, ({ Tags }) => ({ Tags: [...Tags.filter(({ Key }) => !named.has(Key)), ...added] }))
    return {}
  },
})
