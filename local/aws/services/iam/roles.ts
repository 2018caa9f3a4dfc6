import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import type { Platform } from '../../core/platform.ts'
import type { PolicyKind } from '../../core/policy/document.ts'
import { policyProblem } from '../../core/policy/policy-problem.ts'
import { policiesOf, rolesOf } from '../../core/policy/role-record.ts'
import type { RoleRecord } from '../../core/policy/role-record.ts'

/** Members that many operations of IAM have. */
export const RoleName = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[\w+=,.@-]+$/)
export const PolicyName = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[\w+=,.@-]+$/)
export const PolicyArn = z.string().min(20).max(2048)
export const Path = z
  .string()
  .max(512)
  .regex(/^\/(.*\/)?$/)
export const Tags = z.array(z.strictObject({ Key: z.string().min(1).max(128), Value: z.string().max(256) })).max(50)

export const PolicyDocument = z.string().min(1).max(131_072)

/** MalformedPolicyDocument unless the text is a policy that can be evaluated here. */
export const checkPolicy = (document: string, kind: PolicyKind): void => {
  const problem = policyProblem(document, kind)
  if (problem !== undefined) throw new AwsError('MalformedPolicyDocument', problem)
}

export const roleArn = ({ account }: Platform, name: string, path = '/'): string =>
  `arn:aws:iam::${account}:role${path}${name}`

/** The ARN of a role that need not exist, for the policy check. */
export const knownRoleArn = (platform: Platform, name: string): string =>
  rolesOf(platform.store).get(name)?.Arn ?? roleArn(platform, name)

/** The role, or NoSuchEntity. */
export const roleOf = ({ store }: Platform, name: string): RoleRecord => {
  const role = rolesOf(store).get(name)
  if (!role) throw new AwsError('NoSuchEntity', `The role with name ${name} cannot be found.`, { status: 404 })
  return role
}

/** NoSuchEntity unless a policy can be attached. AWS's own policies are not here. */
export const requirePolicy = ({ store }: Platform, arn: string): void => {
  if (!policiesOf(store).get(arn))
    throw new AwsError('NoSuchEntity', `Policy ${arn} does not exist or is not attachable.`, { status: 404 })
}

export const changeRole = (platform: Platform, name: string, change: (role: RoleRecord) => Partial<RoleRecord>): void =>
  platform.store.transaction(() => {
    const role = roleOf(platform, name)
    rolesOf(platform.store).put(name, { ...role, ...change(role) })
  })

/** A role as IAM shows it; documents are URL-encoded there. */
export const shownRole = (role: RoleRecord) => ({
  Path: role.Path,
  RoleName: role.RoleName,
  RoleId: role.RoleId,
  Arn: role.Arn,
  CreateDate: new Date(role.created),
  AssumeRolePolicyDocument: encodeURIComponent(role.trust),
  Description: role.Description,
  MaxSessionDuration: role.MaxSessionDuration,
  Tags: role.Tags,
  ...(role.PermissionsBoundary !== undefined && {
    PermissionsBoundary: {
      PermissionsBoundaryType: 'Policy',
      PermissionsBoundaryArn: role.PermissionsBoundary,
    },
  }),
})
