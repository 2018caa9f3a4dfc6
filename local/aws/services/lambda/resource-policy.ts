import type { ResourcePolicyOf } from '../../core/policy/policy-source.ts'
import { settingsTable } from './functions.ts'
import { policies, policyText } from './policies.ts'

/** The policy of the function of an ARN, whatever its qualifier. */
export const resourcePolicy: ResourcePolicyOf = (arn, store) => {
  const [, , , , , kind, name = ''] = arn.split(':')
  if (kind !== 'function' || !settingsTable({ store }).get(name)) return undefined
  const policy = policies({ store }).get(name)
  return { policy: policy && policyText(policy) }
}
