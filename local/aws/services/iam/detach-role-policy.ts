import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import { defineOperation } from '../../core/operation.ts'
import { PolicyArn, RoleName, changeRole, knownRoleArn } from './roles.ts'

export default defineOperation({
  service: 'iam',
  name: 'DetachRolePolicy',
  input: z.strictObject({ RoleName, PolicyArn }),
  needs: ({ RoleName }, platform) => [{ action: 'iam:DetachRolePolicy', resource: knownRoleArn(platform, RoleName) }],
  run: ({ RoleName, PolicyArn }, { platform }) => {
    changeRole(platform, RoleName, ({ attached }) => {
      if (!attached.includes(PolicyArn))
        throw new AwsError('NoSuchEntity', `Policy ${PolicyArn} was not found.`, { status: 404 })
      return { attached: attached.filter((arn) => arn !== PolicyArn) }
    })
    return {}
  },
})
