import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import { defineOperation } from '../../core/operation.ts'
import { PolicyName, RoleName, knownRoleArn, roleOf } from './roles.ts'

export default defineOperation({
  service: 'iam',
  name: 'GetRolePolicy',
  input: z.strictObject({ RoleName, PolicyName }),
  needs: ({ RoleName }, platform) => [{ action: 'iam:GetRolePolicy', resource: knownRoleArn(platform, RoleName) }],
  run: ({ RoleName, PolicyName }, { platform }) => {
    const document = roleOf(platform, RoleName).inline[PolicyName]
    if (document === undefined)
      throw new AwsError('NoSuchEntity', `The role policy with name ${PolicyName} cannot be found.`, { status: 404 })
    return { RoleName, PolicyName, PolicyDocument: encodeURIComponent(document) }
  },
})
