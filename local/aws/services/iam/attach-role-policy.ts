import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import { defineOperation } from '../../core/operation.ts'
import { policiesOf } from '../../core/policy/role-record.ts'
import { PolicyArn, RoleName, changeRole, knownRoleArn } from './roles.ts'

/** A policy of AWS's own can be attached, but its document is not here: the policy log counts it as allowing nothing. */
export default defineOperation({
  service: 'iam',
  name: 'AttachRolePolicy',
  input: z.strictObject({ RoleName, PolicyArn }),
  needs: ({ RoleName }, platform) => [{ action: 'iam:AttachRolePolicy', resource: knownRoleArn(platform, RoleName) }],
  run: ({ RoleName, PolicyArn }, { platform }) => {
    if (!PolicyArn.startsWith('arn:aws:iam::aws:policy/') && !policiesOf(platform.store).get(PolicyArn))
      throw new AwsError('NoSuchEntity', `Policy ${PolicyArn} does not exist or is not attachable.`, { status: 404 })
    changeRole(platform, RoleName, ({ attached }) => ({ attached: [...new Set([...attached, PolicyArn])] }))
    return {}
  },
})
