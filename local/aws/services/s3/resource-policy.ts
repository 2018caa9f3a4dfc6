import type { ResourcePolicyOf } from '../../core/policy/policy-source.ts'
import { bucketsOf } from './buckets.ts'

/** The policy of the bucket in which an ARN lies. */
export const resourcePolicy: ResourcePolicyOf = (arn, store) => {
  const bucket = bucketsOf(store).get(arn.split(':::')[1]?.split('/')[0] ?? '')
  if (!bucket) return undefined
  const policy = bucket.settings['Policy']
  return { policy: typeof policy === 'string' ? policy : undefined }
}
