import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { announce } from './arrivals.ts'
import { forget } from './deduplication.ts'
import { deletionsOf } from './deletions.ts'
import { removeMessages } from './messages.ts'
import { permission, queueAt, queuesOf, QueueUrl } from './queues.ts'

export default defineOperation({
  service: 'sqs',
  name: 'DeleteQueue',
  input: z.strictObject({ QueueUrl }),
  needs: ({ QueueUrl: url }, platform) => [permission(platform, 'DeleteQueue', url)],
  run: ({ QueueUrl: url }, { platform }) => {
    const { name } = queueAt(platform, url)
    platform.store.transaction(() => {
      removeMessages(platform, name)
      forget(platform, name, Infinity)
      queuesOf(platform).delete(name)
      deletionsOf(platform).put(name, platform.clock.now())
    })
    announce(platform, name)
  },
})
