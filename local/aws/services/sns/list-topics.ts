import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { needs, topicArn, topics } from './topics.ts'

const pageSize = 100

export default defineOperation({
  service: 'sns',
  name: 'ListTopics',
  input: z.strictObject({ NextToken: z.string().default('') }),
  needs: (_, platform) => needs('ListTopics', topicArn(platform, '*')),
  run({ NextToken }, { platform }) {
    const found = topics(platform.store).list({ after: NextToken, limit: pageSize + 1 })
    const page = found.slice(0, pageSize)
    return {
      Topics: page.map(({ value }) => ({ TopicArn: value.arn })),
      NextToken: found.length > pageSize ? page.at(-1)?.key : undefined,
    }
  },
})
