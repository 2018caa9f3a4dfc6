import type { Principal } from '../operation.ts'
import type { Principals } from './document.ts'

/**
 * How a policy of a resource means a caller: by its session or service (`named`), by its role, or `account`: then the
 * caller's own policies have to allow the action too.
 */
export type Named = 'named' | 'role' | 'account'

const accountOf = (arn: string) => arn.split(':')[4]

const awsNames = (pattern: string, { kind, arn, roleArn }: Principal): Named | undefined => {
  if (pattern === '*') return 'role'
  if (kind === 'service' || kind === 'anonymous') return undefined
  if (pattern === arn) return 'named'
  if (pattern === roleArn) return 'role'
  const account = accountOf(arn)
  return pattern === account || pattern === `arn:aws:iam::${account}:root` ? 'account' : undefined
}

/** How the policy's `Principal` means a caller, if it does. */
export const namedBy = ({ AWS = [], Service = [] }: Principals, principal: Principal): Named | undefined => {
  if (principal.kind === 'service' && Service.includes(principal.arn)) return 'named'
  const ways = AWS.map((pattern) => awsNames(pattern, principal))
  return ways.find((way) => way === 'named') ?? ways.find((way) => way === 'role') ?? ways.find((way) => way)
}
