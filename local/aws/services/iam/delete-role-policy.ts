import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import { defineOperation } from '../../core/operation.ts'
import { PolicyName, RoleName, changeRole, knownRoleArn } from './roles.ts'

export default defineOperation({
  service: 'iam',
  name: 'DeleteRolePolicy',
  input: z.strictObject({ RoleName, PolicyName }),
  needs: ({ RoleName }, platform) => [{ action: 'iam:DeleteRolePolicy', resource: knownRoleArn(platform, RoleName) }],
  run: ({ RoleName, PolicyName }, { platform }) => {
    changeRole(platform, RoleName, ({ inline }) => {
      const { [PolicyName]: removed, ...others } = inline
      if (removed === undefined)
        throw new AwsError('NoSuchEntity', `The role policy with name ${PolicyName} cannot be found.`, { status: 404 })
      return { inline: others }
    })
    return {}
  },
})
