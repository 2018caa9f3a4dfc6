import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import type { Platform } from '../../core/platform.ts'
import { rolesOf } from '../../core/policy/role-record.ts'
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

const isPolicy = (text: string) => {
  try {
    return z.looseObject({ Statement: z.unknown() }).safeParse(JSON.parse(text)).success
  } catch {
    return false
  }
}
export const PolicyDocument = z.string().min(1).max(131_072)

/** MalformedPolicyDocument unless the text is a policy. */
export const checkPolicy = (document: string): void => {
  if (!isPolicy(document)) throw new AwsError('MalformedPolicyDocument', 'Syntax errors in policy.')
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
})
