import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import { defineOperation } from '../../core/operation.ts'
import { policiesOf, rolesOf } from '../../core/policy/role-record.ts'
import { PolicyArn } from './roles.ts'

export default defineOperation({
  service: 'iam',
  name: 'DeletePolicy',
  input: z.strictObject({ PolicyArn }),
  needs: ({ PolicyArn }) => [{ action: 'iam:DeletePolicy', resource: PolicyArn }],
  run: ({ PolicyArn }, { platform: { store } }) => {
    if (
      rolesOf(store)
        .list()
        .some(({ value }) => value.attached.includes(PolicyArn) || value.PermissionsBoundary === PolicyArn)
    )
      throw new AwsError('DeleteConflict', 'Cannot delete a policy attached to entities.', { status: 409 })
    if (!policiesOf(store).delete(PolicyArn))
      throw new AwsError('NoSuchEntity', `Policy ${PolicyArn} was not found.`, { status: 404 })
    return {}
  },
})
