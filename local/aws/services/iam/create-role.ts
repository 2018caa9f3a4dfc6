import { randomBytes } from 'node:crypto'
import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import { defineOperation } from '../../core/operation.ts'
import { rolesOf } from '../../core/policy/role-record.ts'
import { Path, PolicyDocument, RoleName, Tags, checkPolicy, requirePolicy, roleArn, shownRole } from './roles.ts'

export default defineOperation({
  service: 'iam',
  name: 'CreateRole',
  input: z.strictObject({
    RoleName,
    AssumeRolePolicyDocument: PolicyDocument,
    Path: Path.default('/'),
    Description: z.string().max(1000).optional(),
    MaxSessionDuration: z.int().min(3600).max(43_200).default(3600),
    PermissionsBoundary: z.string().optional(),
    Tags: Tags.default([]),
  }),
  needs: ({ RoleName, Path }, platform) => [{ action: 'iam:CreateRole', resource: roleArn(platform, RoleName, Path) }],
  run: (input, { platform }) => {
    const { RoleName, AssumeRolePolicyDocument, Path, Description, PermissionsBoundary } = input
    checkPolicy(AssumeRolePolicyDocument, 'trust')
    if (PermissionsBoundary !== undefined) requirePolicy(platform, PermissionsBoundary)
    const roles = rolesOf(platform.store)
    if (roles.get(RoleName))
      throw new AwsError('EntityAlreadyExists', `Role with name ${RoleName} already exists.`, { status: 409 })
    const role = {
      RoleName,
      RoleId: `AROA${randomBytes(10).toString('hex').slice(0, 17).toUpperCase()}`,
      Arn: roleArn(platform, RoleName, Path),
      Path,
      created: platform.clock.now(),
      trust: AssumeRolePolicyDocument,
      MaxSessionDuration: input.MaxSessionDuration,
      Tags: input.Tags,
      inline: {},
      attached: [],
      ...(Description === undefined ? {} : { Description }),
      ...(PermissionsBoundary === undefined ? {} : { PermissionsBoundary }),
    }
    roles.put(RoleName, role)
    return { Role: shownRole(role) }
  },
})
