import { AwsError } from '../../../core/errors.ts'
import type { Platform } from '../../../core/platform.ts'
import { roleSession } from '../../../core/signing/account-keys.ts'
import { checkpointOf } from './checkpoints.ts'
import { functionOf } from './deliver.ts'
import type { EventSourceMapping } from './mapping.ts'
import type { StreamRecord } from './stream-record.ts'

/** Reads on in a shard, from a mapping's checkpoint. */
export interface ShardCursor {
  /** The next records, at most `limit`; none when there are none at the moment. */
  read(limit: number): Promise<readonly StreamRecord[]>
  /** Whether the shard is closed and all of it was read. */
  ended(): boolean
}

interface Page {
  readonly Records: readonly StreamRecord[]
  readonly NextShardIterator?: string
}

export const openCursor = async (
  platform: Platform,
  mapping: EventSourceMapping,
  shard: string,
): Promise<ShardCursor> => {
  const StreamName = mapping.EventSourceArn.split('/').at(-1)
  const call = <O>(operation: string, input: object) => {
    const { Role, FunctionName } = functionOf(platform, mapping.FunctionArn)
    return platform.call<O>('kinesis', operation, input, roleSession(Role, FunctionName))
  }
  const place = () => {
    const { sequence } = checkpointOf(platform, mapping.UUID, shard)
    if (sequence !== undefined) {
      return { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', StartingSequenceNumber: sequence }
    }
    return mapping.StartingPosition === 'AT_TIMESTAMP'
      ? { ShardIteratorType: 'AT_TIMESTAMP', Timestamp: mapping.StartingPositionTimestamp }
      : { ShardIteratorType: 'TRIM_HORIZON' }
  }
  const begin = async () => {
    const request = { StreamName, ShardId: shard, ...place() }
    return (await call<{ ShardIterator: string }>('GetShardIterator', request)).ShardIterator
  }
  let at: string | undefined = await begin()
  return {
    ended: () => at === undefined,
    read: async (limit) => {
      try {
        const page: Page = await call('GetRecords', { ShardIterator: at, Limit: limit })
        at = page.NextShardIterator
        return page.Records
      } catch (error) {
        if (!(error instanceof AwsError) || error.code !== 'ExpiredIteratorException') throw error
        at = await begin()
        return []
      }
    },
  }
}
