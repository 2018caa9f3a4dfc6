import * as z from 'zod'
import { defineSqsOperation } from './define-sqs-operation.ts'
import { queueArn, queuesOf, queueUrl } from './queues.ts'

export default defineSqsOperation({
  name: 'ListQueues',
  input: z.strictObject({
    QueueNamePrefix: z.string().optional(),
    MaxResults: z.int().min(1).max(1000).optional(),
    NextToken: z.string().optional(),
  }),
  needs: (_, platform) => [{ action: 'sqs:ListQueues', resource: queueArn(platform, '*') }],
  run: ({ QueueNamePrefix: prefix = '', MaxResults, NextToken: after = '' }, { platform }) => {
    const limit = MaxResults ?? 1000
    const found = queuesOf(platform).list({ prefix, after, limit: limit + 1 })
    const page = found.slice(0, limit)
    const more = MaxResults !== undefined && found.length > limit
    return {
      QueueUrls: page.length > 0 ? page.map(({ key }) => queueUrl(platform, key)) : undefined,
      NextToken: more ? page.at(-1)?.key : undefined,
    }
  },
})
