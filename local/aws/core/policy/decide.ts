import type { Permission, Principal } from '../operation.ts'
import type { CompiledStatement } from './compile-policy.ts'
import type { DecidingStatement, Decision, PolicyType } from './decision.ts'
import type { Named } from './principals.ts'
import type { RequestContext } from './request-context.ts'

/** One policy, compiled. */
export interface Policy {
  readonly type: PolicyType
  readonly name: string
  readonly statements: readonly CompiledStatement[]
}

/** All policies that have a say in one request. */
export interface Policies {
  readonly identity: readonly Policy[]
  readonly boundary: Policy | undefined
  /** Of the resource; for taking on a role that is the role's trust policy. */
  readonly resource: Policy
  /** Only a policy of the resource can allow it: to take on a role, or for a service to use a resource that can have a policy. */
  readonly resourceDecides: boolean
}

interface Request extends Omit<Permission, 'context'> {
  readonly principal: Principal
  readonly context: RequestContext
}

interface Spoken extends DecidingStatement {
  readonly effect: 'Allow' | 'Deny'
  readonly names: Named
}

/** The statements of a policy that speak of the request. */
const spokenBy = (policy: Policy | undefined, { principal, action, resource, context }: Request): Spoken[] => {
  if (!policy) return []
  const { type, name, statements } = policy
  const folded = action.toLowerCase()
  return statements.flatMap(({ effect, index, sid, names, applies }) => {
    const named = names(principal)
    if (!named || !applies(folded, resource, context)) return []
    return [{ type, policy: name, statement: sid ?? String(index), effect, names: named }]
  })
}

const deciding = ({ type, policy, statement }: Spoken): DecidingStatement => ({ type, policy, statement })

/**
 * IAM's answer to one request within one account: an explicit deny wins; then the policy of the resource or those of
 * the caller allow, within the role's permissions boundary. A resource's policy that names the session itself
 * goes past the boundary; one that names the account leaves it to the caller's policies.
 */
export const decide = (request: Request, policies: Policies): Decision => {
  const identity = policies.identity.flatMap((policy) => spokenBy(policy, request))
  const boundary = spokenBy(policies.boundary, request)
  const resource = spokenBy(policies.resource, request)
  const denied = [...identity, ...boundary, ...resource].find(({ effect }) => effect === 'Deny')
  if (denied) return { effect: 'explicit-deny', by: deciding(denied) }

  const { kind } = request.principal
  const byResource = resource.find(({ names }) => names !== 'account')
  const trusting = byResource ?? resource[0]
  if (policies.resourceDecides && !trusting) return { effect: 'implicit-deny', type: policies.resource.type }
  if (kind === 'root')
    return { effect: 'allow', by: policies.resourceDecides && trusting ? deciding(trusting) : 'root' }
  if (kind === 'service' && !byResource) return { effect: 'allow', by: 'service' }

  const allowed = byResource ?? identity[0]
  if (!allowed) return { effect: 'implicit-deny', type: 'identity-based policy' }
  if (policies.boundary && allowed.names !== 'named' && boundary.length === 0)
    return { effect: 'implicit-deny', type: 'permissions boundary' }
  return { effect: 'allow', by: deciding(allowed) }
}
