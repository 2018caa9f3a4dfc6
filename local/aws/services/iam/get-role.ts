import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { RoleName, knownRoleArn, roleOf, shownRole } from './roles.ts'

export default defineOperation({
  service: 'iam',
  name: 'GetRole',
  input: z.strictObject({ RoleName }),
  needs: ({ RoleName }, platform) => [{ action: 'iam:GetRole', resource: knownRoleArn(platform, RoleName) }],
  run: ({ RoleName }, { platform }) => ({ Role: shownRole(roleOf(platform, RoleName)) }),
})
