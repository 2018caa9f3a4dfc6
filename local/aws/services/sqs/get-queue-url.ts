import * as z from 'zod'
import { defineSqsOperation } from './define-sqs-operation.ts'
import { permission, queueNamed, queueUrl } from './queues.ts'
import { SqsError } from './sqs-error.ts'

export default defineSqsOperation({
  name: 'GetQueueUrl',
  input: z.strictObject({ QueueName: z.string().min(1), QueueOwnerAWSAccountId: z.string().optional() }),
  needs: ({ QueueName }, platform) => [permission(platform, 'GetQueueUrl', QueueName)],
  run: ({ QueueName, QueueOwnerAWSAccountId: owner }, { platform }) => {
    if ((owner ?? platform.account) !== platform.account)
      throw new SqsError('QueueDoesNotExist', 'The specified queue does not exist.')
    return { QueueUrl: queueUrl(platform, queueNamed(platform, QueueName).name) }
  },
})
