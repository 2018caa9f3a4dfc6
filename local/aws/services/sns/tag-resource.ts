import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { existingTopic, needs, tagsInput, topicArnInput, topics } from './topics.ts'

export default defineOperation({
  service: 'sns',
  name: 'TagResource',
  input: z.strictObject({ ResourceArn: topicArnInput, Tags: tagsInput }),
  needs: ({ ResourceArn }) => needs('TagResource', ResourceArn),
  run({ ResourceArn, Tags }, { platform }) {
    const topic = existingTopic(platform, ResourceArn)
    const added = Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value]))
    topics(platform.store).put(topic.name, { ...topic, tags: { ...topic.tags, ...added } })
    return {}
  },
})
