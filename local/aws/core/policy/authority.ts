import type { Operation, Permission, Principal } from '../operation.ts'
import { decide } from './decide.ts'
import type { Decision } from './decision.ts'
import { denial } from './denial.ts'
import { policiesIn } from './policies-of.ts'
import type { PolicySource } from './policy-source.ts'
import { contextOf } from './request-context.ts'
import type { Surroundings } from './request-context.ts'

/** Who may do what. */
export interface Authority {
  /** What the policies say, without a trace. */
  readonly decide: (principal: Principal, permission: Permission) => Decision
  /** The same for something that is about to be done: the answer is recorded. */
  readonly ask: (principal: Principal, permission: Permission) => Decision
  /** Throws in the service's words unless everything is allowed. */
  readonly demand: (
    operation: Pick<Operation, 'service' | 'route'>,
    principal: Principal,
    permissions: readonly Permission[],
  ) => void
}

interface Options extends Pick<Surroundings, 'account' | 'region'> {
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly record: (principal: Principal, permission: Permission, decision: Decision) => void
}

export const createAuthority = (source: PolicySource, { account, region, now, record }: Options): Authority => {
  const policiesOf = policiesIn(source)

  const decided = (principal: Principal, permission: Permission): Decision => {
    const role = principal.roleArn === undefined ? undefined : source.role(principal.roleArn)
    const context = contextOf(principal, permission, { account, region, now: now(), role })
    return decide({ ...permission, principal, context }, policiesOf(principal, role, permission))
  }
  const ask = (principal: Principal, permission: Permission): Decision => {
    const decision = decided(principal, permission)
    record(principal, permission, decision)
    return decision
  }
  return {
    decide: decided,
    ask,
    demand: (operation, principal, permissions) => {
      for (const permission of permissions) {
        const decision = ask(principal, permission)
        if (decision.effect !== 'allow') throw denial(operation, principal, permission, decision)
      }
    },
  }
}
