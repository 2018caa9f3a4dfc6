import * as z from 'zod'
import { announce } from '../../core/arrivals.ts'
import { defineSqsOperation } from './define-sqs-operation.ts'
import { deletionsOf } from './deletions.ts'
import { removeMessages } from './messages.ts'
import { permission, queueAt, queuesOf, QueueUrl } from './queues.ts'
import { receivedBefore } from './received-before.ts'
import { sentBefore } from './sent-before.ts'

export default defineSqsOperation({
  name: 'DeleteQueue',
  input: z.strictObject({ QueueUrl }),
  needs: ({ QueueUrl: url }, platform) => [permission(platform, 'DeleteQueue', url)],
  run: ({ QueueUrl: url }, { platform }) => {
    const { name } = queueAt(platform, url)
    platform.store.transaction(() => {
      removeMessages(platform, name)
      sentBefore.forgetAll(platform, name)
      receivedBefore.forgetAll(platform, name)
      queuesOf(platform).delete(name)
      deletionsOf(platform).put(name, platform.clock.now())
    })
    announce(platform, name)
  },
})
