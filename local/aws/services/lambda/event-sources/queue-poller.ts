import type { Platform } from '../../../core/platform.ts'
import { roleSession } from '../../../core/signing/account-keys.ts'
import { failedItems } from './batch-failures.ts'
import { deliver, functionOf } from './deliver.ts'
import { compileFilter } from './filter.ts'
import type { EventSourceMapping } from './mapping.ts'
import { queueRecord } from './queue-record.ts'
import type { QueueMessage } from './queue-record.ts'

const usualConcurrency = 5
const mostAtOnce = 10
const pollSeconds = 20
/** Bytes that an invocation takes, less what its frame needs. */
const mostBytes = 6_000_000

/** Reads a queue until the signal: batches go to the function, what it handled goes from the queue. */
export const pollQueue = async (
  platform: Platform,
  mapping: EventSourceMapping,
  signal: AbortSignal,
): Promise<void> => {
  const { clock } = platform
  const [, , , , account, name] = mapping.EventSourceArn.split(':')
  const QueueUrl = `${platform.url}/${account}/${name}`
  const wanted = compileFilter(mapping.FilterCriteria, 'body')
  const reports = mapping.FunctionResponseTypes.includes('ReportBatchItemFailures')
  const windowMs = mapping.MaximumBatchingWindowInSeconds * 1000

  const call = <O>(operation: string, input: object) => {
    const { Role, FunctionName } = functionOf(platform, mapping.FunctionArn)
    return platform.call<O>('sqs', operation, { QueueUrl, ...input }, roleSession(Role, FunctionName))
  }
  const inTens = async (operation: string, messages: readonly QueueMessage[], more: object = {}) => {
    for (let at = 0; at < messages.length; at += mostAtOnce) {
      const Entries = messages
        .slice(at, at + mostAtOnce)
        .map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle, ...more }))
      await call(operation, { Entries })
    }
  }
  const receive = async (limit: number, waitSeconds: number): Promise<QueueMessage[]> => {
    const { Messages = [] } = await call<{ Messages?: QueueMessage[] }>('ReceiveMessage', {
      MaxNumberOfMessages: Math.min(limit, mostAtOnce),
      WaitTimeSeconds: Math.min(waitSeconds, pollSeconds),
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    })
    return Messages
  }

  /** One batch: what comes first, and what comes in its window as far as it fits. */
  const gather = async (): Promise<QueueMessage[]> => {
    const batch = await receive(mapping.BatchSize, pollSeconds)
    const end = clock.now() + windowMs
    const bytes = () => batch.reduce((sum, { Body }) => sum + Body.length, 0)
    while (batch.length > 0 && batch.length < mapping.BatchSize && bytes() < mostBytes && !signal.aborted) {
      const left = Math.ceil((end - clock.now()) / 1000)
      if (left <= 0) break
      batch.push(...(await receive(mapping.BatchSize - batch.length, left)))
    }
    return batch
  }

  const handle = async (batch: readonly QueueMessage[]): Promise<'handled' | 'throttled'> => {
    const chosen = batch.filter((message) => wanted(queueRecord(platform, mapping, message)))
    await inTens(
      'DeleteMessageBatch',
      batch.filter((message) => !chosen.includes(message)),
    )
    if (chosen.length === 0) return 'handled'
    const records = chosen.map((message) => queueRecord(platform, mapping, message))
    const { outcome } = await deliver(platform, mapping.FunctionArn, records)
    if (!outcome) return 'throttled'
    if (outcome.functionError || signal.aborted) return 'handled'
    const ids = chosen.map(({ MessageId }) => MessageId)
    const failed = reports ? failedItems(outcome.payload, ids) : []
    await inTens(
      'DeleteMessageBatch',
      chosen.filter(({ MessageId }) => !failed.includes(MessageId)),
    )
    return 'handled'
  }

  const busy = new Set<Promise<unknown>>()
  const most = mapping.ScalingConfig?.MaximumConcurrency ?? usualConcurrency
  while (!signal.aborted) {
    const batch = await gather()
    if (signal.aborted) {
      await inTens('ChangeMessageVisibilityBatch', batch, { VisibilityTimeout: 0 })
      return
    }
    if (batch.length === 0) continue
    const work: Promise<unknown> = handle(batch)
      .then(async (result) => {
        if (result === 'throttled') await clock.sleep(clock.pace(1000), signal)
      })
      .catch((error: unknown) => {
        if (!signal.aborted)
          platform.log('lambda', 'a batch was not handled', { mapping: mapping.UUID, cause: String(error) })
      })
      .finally(() => busy.delete(work))
    busy.add(work)
    if (busy.size >= most) await Promise.race(busy)
  }
}
