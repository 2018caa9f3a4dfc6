import type { ResourcePolicyOf } from '../../core/policy/policy-source.ts'
import { functionReference } from './function-name.ts'
import { settingsTable } from './functions.ts'
import { policies, policyText } from './policies.ts'

/** The policy of the function of an ARN, whatever its qualifier; an event source mapping has none. */
export const resourcePolicy: ResourcePolicyOf = (arn, store) => {
  if (arn.includes(':event-source-mapping:')) return {}
  const { name } = functionReference(arn)
  if (!settingsTable({ store }).get(name)) return undefined
  const policy = policies({ store }).get(name)
  return { policy: policy && policyText(policy) }
}
