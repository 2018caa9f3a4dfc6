import type { Store } from '../store.ts'
import { policiesOf, roleNameOf, rolesKind, rolesOf } from './role-record.ts'
import type { RoleRecord } from './role-record.ts'

/** A resource that may have a policy, as JSON. */
export interface GuardedResource {
  readonly policy?: string | undefined
}

/** Finds a resource by an ARN of it or of what lies in it; undefined if it is not there. */
export type ResourcePolicyOf = (arn: string, store: Store) => GuardedResource | undefined

/** Where policies are found. */
export interface PolicySource {
  /** The role of an ARN, if it is there. */
  readonly role: (arn: string) => RoleRecord | undefined
  /** The document of a managed policy. */
  readonly managed: (arn: string) => string | undefined
  /** A resource of a service whose resources can have policies: `s3`. */
  readonly guarded: (service: string, arn: string) => GuardedResource | undefined
}

/** Roles by ARN, read anew only after one of them has changed: every call asks for one. */
const cachedRoles = (store: Store) => {
  const known = new Map<string, RoleRecord | undefined>()
  let version = 0
  return (arn: string): RoleRecord | undefined => {
    const now = store.version(rolesKind)
    if (now !== version) known.clear()
    version = now
    if (!known.has(arn)) {
      const role = rolesOf(store).get(roleNameOf(arn))
      known.set(arn, role?.Arn === arn ? role : undefined)
    }
    return known.get(arn)
  }
}

/** Policies as services keep them. */
export const storedPolicies = (
  store: Store,
  resourcePolicies: Readonly<Record<string, ResourcePolicyOf>>,
): PolicySource => ({
  role: cachedRoles(store),
  managed: (arn) => policiesOf(store).get(arn)?.document,
  guarded: (service, arn) => resourcePolicies[service]?.(arn, store),
})
