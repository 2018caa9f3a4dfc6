import type { Permission, Principal } from '../operation.ts'
import type { CompiledStatement } from './compile-policy.ts'
import { compilePolicy } from './compile-policy.ts'
import type { Policies, Policy } from './decide.ts'
import type { PolicyType } from './decision.ts'
import type { PolicyKind } from './document.ts'
import type { PolicySource } from './policy-source.ts'
import type { RoleRecord } from './role-record.ts'

const mostCompiled = 2000
const kinds: Readonly<Record<PolicyType, PolicyKind>> = {
  'identity-based policy': 'identity',
  'permissions boundary': 'identity',
  'resource-based policy': 'resource',
  'role trust policy': 'trust',
}

/** Finds the policies that have a say in a request. Each text is compiled once. */
export const policiesIn = (source: PolicySource) => {
  const compiled: Readonly<Record<PolicyKind, Map<string, readonly CompiledStatement[]>>> = {
    identity: new Map(),
    trust: new Map(),
    resource: new Map(),
  }

  /** A policy that is not there says nothing. */
  const policy = (type: PolicyType, name: string, text: string | undefined): Policy => {
    if (text === undefined) return { type, name, statements: [] }
    const texts = compiled[kinds[type]]
    const known = texts.get(text)
    if (known) return { type, name, statements: known }
    const statements = compilePolicy(text, kinds[type])
    if (texts.size >= mostCompiled) texts.clear()
    texts.set(text, statements)
    return { type, name, statements }
  }

  const identity = (role: RoleRecord | undefined): Policy[] => {
    if (!role) return []
    const texts = [
      ...Object.entries(role.inline),
      ...role.attached.map((arn): [string, string | undefined] => [arn, source.managed(arn)]),
    ]
    return texts.map(([name, text]) => policy('identity-based policy', `${role.Arn} ${name}`, text))
  }

  return (principal: Principal, role: RoleRecord | undefined, { action, resource }: Permission): Policies => {
    const service = action.slice(0, action.indexOf(':'))
    const trust = action.toLowerCase() === 'sts:assumerole'
    const type = trust ? 'role trust policy' : 'resource-based policy'
    const guarded = trust ? { policy: source.role(resource)?.trust } : source.guarded(service, resource)
    const boundary = role?.PermissionsBoundary
    const alone = principal.kind === 'service' || principal.kind === 'anonymous'
    return {
      identity: identity(role),
      boundary:
        boundary === undefined
          ? undefined
          : policy('permissions boundary', `${role?.Arn} ${boundary}`, source.managed(boundary)),
      resource: policy(type, resource, guarded?.policy),
      resourceDecides: trust || (alone && guarded !== undefined),
    }
  }
}
