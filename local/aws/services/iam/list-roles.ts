import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { rolesOf } from '../../core/policy/role-record.ts'
import { Path, shownRole } from './roles.ts'

/** All roles in one answer, however many. */
export default defineOperation({
  service: 'iam',
  name: 'ListRoles',
  input: z.strictObject({ PathPrefix: Path.default('/'), MaxItems: z.int().optional() }),
  needs: () => [{ action: 'iam:ListRoles', resource: '*' }],
  run: ({ PathPrefix }, { platform }) => ({
    IsTruncated: false,
    Roles: rolesOf(platform.store)
      .list()
      .filter(({ value }) => value.Path.startsWith(PathPrefix))
      .map(({ value }) => shownRole(value)),
  }),
})
