import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { invalidParameter } from './sns-error.ts'
import { checkAttributes, needs, tagsInput, topicArn, topics } from './topics.ts'

/** The same name and attributes again give the same topic. */
export default defineOperation({
  service: 'sns',
  name: 'CreateTopic',
  input: z.strictObject({
    Name: z.string().regex(/^[\w-]{1,256}$/),
    Attributes: z.record(z.string(), z.string()).default({}),
    Tags: tagsInput.default([]),
  }),
  needs: ({ Name }, platform) => needs('CreateTopic', topicArn(platform, Name)),
  run({ Name: name, Attributes, Tags }, { platform }) {
    checkAttributes(Attributes)
    const arn = topicArn(platform, name)
    const present = topics(platform.store).get(name)
    const differs = Object.entries(Attributes).some(([key, value]) => present?.attributes[key] !== value)
    if (present && differs) throw invalidParameter('Attributes Reason: Topic already exists with different attributes')
    if (!present) {
      const tags = Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value]))
      topics(platform.store).put(name, { name, arn, attributes: Attributes, tags })
    }
    return { TopicArn: arn }
  },
})
