import type { Platform } from '../../core/platform.ts'
import { redrivePolicyOf } from './dead-letter.ts'
import { attributesOf, RedriveAllowPolicy } from './queue-attributes.ts'
import type { QueueRecord } from './queues.ts'
import { isFifo, queueArn, queuesOf } from './queues.ts'
import { SqsError } from './sqs-error.ts'

const problemOf = (platform: Platform, queue: QueueRecord, targetArn: string): string | undefined => {
  const target = queuesOf(platform).get(targetArn.split(':').at(-1) ?? '')
  if (!target || queueArn(platform, target.name) !== targetArn) return 'Dead letter target does not exist.'
  if (target.name === queue.name) return 'A queue cannot be its own dead letter target.'
  if (isFifo(target) !== isFifo(queue)) return 'Dead-letter queue type must match the source queue type.'
  const text = attributesOf(target)['RedriveAllowPolicy']
  if (text === undefined) return undefined
  const { redrivePermission, sourceQueueArns = [] } = RedriveAllowPolicy.parse(JSON.parse(text))
  if (redrivePermission === 'allowAll') return undefined
  const listed = redrivePermission === 'byQueue' && sourceQueueArns.includes(queueArn(platform, queue.name))
  return listed ? undefined : 'The dead letter target does not allow this source queue.'
}

/** Refuses a redrive policy whose dead-letter queue cannot be one for this queue. */
export const checkRedrive = (platform: Platform, queue: QueueRecord): void => {
  const policy = redrivePolicyOf(queue)
  const problem = policy && problemOf(platform, queue, policy.deadLetterTargetArn)
  if (problem === undefined) return
  const value = attributesOf(queue)['RedrivePolicy']
  const message = `Value ${value} for parameter RedrivePolicy is invalid. Reason: ${problem}`
  throw new SqsError('InvalidParameterValueException', message)
}
