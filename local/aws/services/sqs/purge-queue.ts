import * as z from 'zod'
import { defineSqsOperation } from './define-sqs-operation.ts'
import { removeMessages } from './messages.ts'
import { permission, queueAt, queuesOf, QueueUrl } from './queues.ts'
import { SqsError } from './sqs-error.ts'

export default defineSqsOperation({
  name: 'PurgeQueue',
  input: z.strictObject({ QueueUrl }),
  needs: ({ QueueUrl: url }, platform) => [permission(platform, 'PurgeQueue', url)],
  run: ({ QueueUrl: url }, { platform }) => {
    const queue = queueAt(platform, url)
    const purged = platform.clock.now()
    if (purged < (queue.purged ?? -Infinity) + platform.clock.pace(60_000)) {
      const message = `Only one PurgeQueue operation on ${queue.name} is allowed every 60 seconds.`
      throw new SqsError('PurgeQueueInProgress', message)
    }
    platform.store.transaction(() => {
      removeMessages(platform, queue.name)
      queuesOf(platform).put(queue.name, { ...queue, purged })
    })
  },
})
