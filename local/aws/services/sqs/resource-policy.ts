import type { ResourcePolicyOf } from '../../core/policy/policy-source.ts'
import { queuesOf } from './queues.ts'

/** The policy of a queue; an empty one is none. */
export const resourcePolicy: ResourcePolicyOf = (arn, store) => {
  const queue = queuesOf({ store }).get(arn.split(':')[5] ?? '')
  return queue && { policy: queue.attributes['Policy'] || undefined }
}
