import type { Store } from '../store.ts'
import { policiesOf, roleNameOf, rolesOf } from './role-record.ts'
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

/** Policies as services keep them. */
export const storedPolicies = (
  store: Store,
  resourcePolicies: Readonly<Record<string, ResourcePolicyOf>>,
): PolicySource => ({
  role: (arn) => {
    const role = rolesOf(store).get(roleNameOf(arn))
    return role?.Arn === arn ? role : undefined
  },
  managed: (arn) => policiesOf(store).get(arn)?.document,
  guarded: (service, arn) => resourcePolicies[service]?.(arn, store),
})
