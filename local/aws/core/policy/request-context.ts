import type { Permission, Principal } from '../operation.ts'
import type { RoleRecord } from './role-record.ts'

/** The values of a condition key of one request, or undefined when the request has no such key. */
export type RequestContext = (key: string) => readonly string[] | undefined

/** What a request happens in. */
export interface Surroundings {
  readonly account: string
  readonly region: string
  /** Milliseconds since 1970. */
  readonly now: number
  /** Of the principal's role. */
  readonly role: RoleRecord | undefined
}

const tag = 'aws:principaltag/'

/** Condition keys that every request may have, by their names in lower case. `aws:PrincipalTag/…` comes on top. */
const common: Readonly<
  Record<string, (principal: Principal, surroundings: Surroundings) => string | false | undefined>
> = {
  'aws:currenttime': (_, { now }) => new Date(now).toISOString(),
  'aws:epochtime': (_, { now }) => String(Math.floor(now / 1000)),
  'aws:requestedregion': (_, { region }) => region,
  'aws:resourceaccount': (_, { account }) => account,
  // Loopback stands for AWS's endpoints, which the product's clients reach by TLS alone.
  'aws:securetransport': () => 'true',
  'aws:sourceip': ({ kind }) => kind !== 'service' && '127.0.0.1',
  'aws:viaawsservice': () => 'false',
  'aws:principalaccount': ({ kind }, { account }) => kind !== 'service' && account,
  'aws:principalarn': ({ kind, arn, roleArn }) => kind !== 'service' && (roleArn ?? arn),
  'aws:principaltype': ({ kind }) => (kind === 'role' ? 'AssumedRole' : kind === 'root' && 'Account'),
  'aws:principalisawsservice': ({ kind }) => String(kind === 'service'),
  'aws:principalservicename': ({ kind, arn }) => kind === 'service' && arn,
  'aws:sourcearn': ({ sourceArn }) => sourceArn,
  'aws:sourceaccount': ({ sourceArn }, { account }) => sourceArn !== undefined && account,
  'aws:userid': ({ kind, arn }, { account, role }) =>
    role ? `${role.RoleId}:${arn.split('/').at(-1)}` : kind === 'root' && account,
}

/** Condition keys that single operations add to their permissions, in lower case. */
const particular = new Set([
  'cloudwatch:namespace',
  'iam:passedtoservice',
  's3:prefix',
  'sts:externalid',
  'sts:rolesessionname',
])

/** Whether requests here can have a condition key at all. */
export const isKnownKey = (key: string): boolean => {
  const name = key.toLowerCase()
  return name in common || particular.has(name) || name.startsWith(tag)
}

/** The condition keys of one request; names differ in case only. */
export const contextOf = (principal: Principal, permission: Permission, surroundings: Surroundings): RequestContext => {
  const own = Object.entries(permission.context ?? {})
  return (key) => {
    const name = key.toLowerCase()
    const given = own.find(([known]) => known.toLowerCase() === name)?.[1]
    if (given !== undefined) return typeof given === 'string' ? [given] : given
    const value = name.startsWith(tag)
      ? surroundings.role?.Tags.find(({ Key }) => Key === key.slice(tag.length))?.Value
      : common[name]?.(principal, surroundings)
    return value === undefined || value === false ? undefined : [value]
  }
}
