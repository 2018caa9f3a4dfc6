import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { existingTopic, needs, topicArnInput } from './topics.ts'

export default defineOperation({
  service: 'sns',
  name: 'ListTagsForResource',
  input: z.strictObject({ ResourceArn: topicArnInput }),
  needs: ({ ResourceArn }) => needs('ListTagsForResource', ResourceArn),
  run({ ResourceArn }, { platform }) {
    const { tags } = existingTopic(platform, ResourceArn)
    return { Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) }
  },
})
