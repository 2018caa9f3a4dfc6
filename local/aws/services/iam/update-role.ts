import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { RoleName, changeRole, knownRoleArn } from './roles.ts'

export default defineOperation({
  service: 'iam',
  name: 'UpdateRole',
  input: z.strictObject({
    RoleName,
    Description: z.string().max(1000).optional(),
    MaxSessionDuration: z.int().min(3600).max(43_200).optional(),
  }),
  needs: ({ RoleName }, platform) => [{ action: 'iam:UpdateRole', resource: knownRoleArn(platform, RoleName) }],
  run: ({ RoleName, Description, MaxSessionDuration }, { platform }) => {
    changeRole(platform, RoleName, () => ({
      ...(Description === undefined ? {} : { Description }),
      ...(MaxSessionDuration === undefined ? {} : { MaxSessionDuration }),
    }))
    return {}
  },
})
