import type { ResourcePolicyOf } from '../../core/policy/policy-source.ts'
import { nameIn, topics } from './topics.ts'

/** The policy of a topic. */
export const resourcePolicy: ResourcePolicyOf = (arn, store) => {
  const topic = topics(store).get(nameIn(arn))
  return topic && { policy: topic.attributes['Policy'] || undefined }
}
