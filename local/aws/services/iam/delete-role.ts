import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import { defineOperation } from '../../core/operation.ts'
import { rolesOf } from '../../core/policy/role-record.ts'
import { RoleName, knownRoleArn, roleOf } from './roles.ts'

export default defineOperation({
  service: 'iam',
  name: 'DeleteRole',
  input: z.strictObject({ RoleName }),
  needs: ({ RoleName }, platform) => [{ action: 'iam:DeleteRole', resource: knownRoleArn(platform, RoleName) }],
  run: ({ RoleName }, { platform }) => {
    const { inline, attached } = roleOf(platform, RoleName)
    if (Object.keys(inline).length > 0)
      throw new AwsError('DeleteConflict', 'Cannot delete entity, must delete policies first.', { status: 409 })
    if (attached.length > 0)
      throw new AwsError('DeleteConflict', 'Cannot delete entity, must detach all policies first.', { status: 409 })
    rolesOf(platform.store).delete(RoleName)
    return {}
  },
})
