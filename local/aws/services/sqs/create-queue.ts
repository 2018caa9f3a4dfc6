import * as z from 'zod'
import { checkRedrive } from './check-redrive.ts'
import { defineSqsOperation } from './define-sqs-operation.ts'
import { deletionsOf, reuseAfterMs } from './deletions.ts'
import { attributesOf, checkAttributes } from './queue-attributes.ts'
import { permission, queuesOf, queueUrl, Tags } from './queues.ts'
import { SqsError } from './sqs-error.ts'

const queueName = /^(?=.{1,80}$)[\w-]+(?:\.fifo)?$/

export default defineSqsOperation({
  name: 'CreateQueue',
  input: z.strictObject({
    QueueName: z.string().regex(queueName),
    Attributes: z.record(z.string(), z.string()).default({}),
    tags: Tags.default({}),
  }),
  needs: ({ QueueName }, platform) => [permission(platform, 'CreateQueue', QueueName)],
  run: ({ QueueName: name, Attributes: attributes, tags }, { platform }) => {
    const fifo = name.endsWith('.fifo')
    checkAttributes(attributes, fifo)
    if (fifo && attributes['FifoQueue'] !== 'true')
      throw new SqsError(
        'InvalidParameterValueException',
        'The name of a queue that is not FIFO cannot end with .fifo.',
      )
    const existing = queuesOf(platform).get(name)
    if (existing) {
      const held = attributesOf(existing)
      const other = Object.entries(attributes).find(([key, value]) => (held[key] ?? '') !== value)
      if (!other) return { QueueUrl: queueUrl(platform, name) }
      const message = `A queue already exists with the same name and a different value for attribute ${other[0]}`
      throw new SqsError('QueueNameExists', message)
    }
    const now = platform.clock.now()
    if (now < (deletionsOf(platform).get(name) ?? -Infinity) + reuseAfterMs(platform)) {
      const message =
        'You must wait 60 seconds after deleting a queue before you can create another with the same name.'
      throw new SqsError('QueueDeletedRecently', message)
    }
    const queue = { name, created: now, modified: now, attributes, tags, sent: 0 }
    checkRedrive(platform, queue)
    queuesOf(platform).put(name, queue)
    deletionsOf(platform).delete(name)
    return { QueueUrl: queueUrl(platform, name) }
  },
})
