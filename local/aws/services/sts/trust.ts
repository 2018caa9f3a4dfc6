import * as z from 'zod'
import type { Principal } from '../../core/operation.ts'
import { fits, statementsOf } from '../../core/policy/statements.ts'

const names = z.union([z.string().transform((name) => [name]), z.array(z.string())])
const trusted = z.union([z.literal('*').transform(() => ({ AWS: ['*'] })), z.record(z.string(), names)])

const listed = (patterns: readonly string[], { arn, roleArn }: Principal, account: string) =>
  patterns.some(
    (pattern) =>
      pattern === '*' ||
      pattern === account ||
      pattern === `arn:aws:iam::${account}:root` ||
      pattern === roleArn ||
      fits(pattern, arn),
  )

/** Whether a role's trust policy lets someone assume it; conditions are not looked at. */
export const trusts = (document: string, principal: Principal, account: string): boolean => {
  const speaking = statementsOf(document).filter((statement) => {
    const actions = [statement.Action ?? []].flat()
    const who = trusted.safeParse(statement.Principal)
    const patterns = who.success ? Object.values(who.data).flat() : []
    return actions.some((action) => fits(action, 'sts:AssumeRole')) && listed(patterns, principal, account)
  })
  return speaking.length > 0 && speaking.every(({ Effect }) => Effect === 'Allow')
}
