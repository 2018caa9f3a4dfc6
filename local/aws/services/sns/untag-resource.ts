import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { existingTopic, needs, topicArnInput, topics } from './topics.ts'

export default defineOperation({
  service: 'sns',
  name: 'UntagResource',
  input: z.strictObject({ ResourceArn: topicArnInput, TagKeys: z.array(z.string().min(1).max(128)) }),
  needs: ({ ResourceArn }) => needs('UntagResource', ResourceArn),
  run({ ResourceArn, TagKeys }, { platform }) {
    const topic = existingTopic(platform, ResourceArn)
    const tags = Object.fromEntries(Object.entries(topic.tags).filter(([key]) => !TagKeys.includes(key)))
    topics(platform.store).put(topic.name, { ...topic, tags })
    return {}
  },
})
