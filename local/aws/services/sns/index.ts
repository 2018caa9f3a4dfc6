import type { Operation } from '../../core/operation.ts'
import createTopic from './create-topic.ts'
import deleteTopic from './delete-topic.ts'
import getTopicAttributes from './get-topic-attributes.ts'
import listSubscriptionsByTopic from './list-subscriptions-by-topic.ts'
import listTagsForResource from './list-tags-for-resource.ts'
import listTopics from './list-topics.ts'
import publish from './publish.ts'
import setSubscriptionAttributes from './set-subscription-attributes.ts'
import setTopicAttributes from './set-topic-attributes.ts'
import subscribe from './subscribe.ts'
import tagResource from './tag-resource.ts'
import unsubscribe from './unsubscribe.ts'
import untagResource from './untag-resource.ts'
import { resourcePolicy } from './resource-policy.ts'

export const operations: Operation[] = [
  createTopic,
  deleteTopic,
  getTopicAttributes,
  listSubscriptionsByTopic,
  listTagsForResource,
  listTopics,
  publish,
  setSubscriptionAttributes,
  setTopicAttributes,
  subscribe,
  tagResource,
  unsubscribe,
  untagResource,
]

export const resourcePolicies = { sns: resourcePolicy }
