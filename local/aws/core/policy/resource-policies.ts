import type { Service } from '../service.ts'
import type { ResourcePolicyOf } from './policy-source.ts'

/** How the policies of all services' resources are found, by the service of the actions. */
export const resourcePoliciesOf = (services: readonly Service[]): Readonly<Record<string, ResourcePolicyOf>> =>
  Object.fromEntries(services.flatMap(({ resourcePolicies = {} }) => Object.entries(resourcePolicies)))
