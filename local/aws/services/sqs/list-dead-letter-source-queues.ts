import * as z from 'zod'
import { redrivePolicyOf } from './dead-letter.ts'
import { defineSqsOperation } from './define-sqs-operation.ts'
import { permission, queueArn, queueAt, queuesOf, QueueUrl, queueUrl } from './queues.ts'

export default defineSqsOperation({
  name: 'ListDeadLetterSourceQueues',
  input: z.strictObject({
    QueueUrl,
    MaxResults: z.int().min(1).max(1000).optional(),
    NextToken: z.string().optional(),
  }),
  needs: ({ QueueUrl: url }, platform) => [permission(platform, 'ListDeadLetterSourceQueues', url)],
  run: ({ QueueUrl: url, MaxResults = 1000, NextToken: after = '' }, { platform }) => {
    const arn = queueArn(platform, queueAt(platform, url).name)
    const sources = queuesOf(platform)
      .list({ after })
      .filter(({ value }) => redrivePolicyOf(value)?.deadLetterTargetArn === arn)
    const page = sources.slice(0, MaxResults)
    return {
      queueUrls: page.map(({ key }) => queueUrl(platform, key)),
      NextToken: sources.length > MaxResults ? page.at(-1)?.key : undefined,
    }
  },
})
