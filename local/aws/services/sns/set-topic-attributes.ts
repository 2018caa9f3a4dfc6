import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { checkAttributes, existingTopic, needs, topicArnInput, topics } from './topics.ts'

export default defineOperation({
  service: 'sns',
  name: 'SetTopicAttributes',
  input: z.strictObject({ TopicArn: topicArnInput, AttributeName: z.string(), AttributeValue: z.string().default('') }),
  needs: ({ TopicArn }) => needs('SetTopicAttributes', TopicArn),
  run({ TopicArn, AttributeName, AttributeValue }, { platform }) {
    const topic = existingTopic(platform, TopicArn)
    checkAttributes({ [AttributeName]: AttributeValue })
    const attributes = { ...topic.attributes, [AttributeName]: AttributeValue }
    topics(platform.store).put(topic.name, { ...topic, attributes })
    return {}
  },
})
