import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { RoleName, changeRole, knownRoleArn } from './roles.ts'

export default defineOperation({
  service: 'iam',
  name: 'UntagRole',
  input: z.strictObject({ RoleName, TagKeys: z.array(z.string()) }),
  needs: ({ RoleName }, platform) => [{ action: 'iam:UntagRole', resource: knownRoleArn(platform, RoleName) }],
  run: ({ RoleName, TagKeys }, { platform }) => {
    changeRole(platform, RoleName, ({ Tags }) => ({ Tags: Tags.filter(({ Key }) => !TagKeys.includes(Key)) }))
    return {}
  },
})
