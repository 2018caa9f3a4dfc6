import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { iteratorAt } from './iterators.ts'
import { invalidArgument, notFound } from './kinesis-error.ts'
import { firstSequenceAt, isSequence, sequenceBefore, sequencesOf } from './sequence.ts'
import type { Shard } from './shards.ts'
import { permissions, readyStream, streamInput } from './streams.ts'

const input = z.strictObject({
  ...streamInput,
  ShardId: z.string().regex(/^[a-zA-Z0-9_.-]{1,128}$/),
  ShardIteratorType: z.enum(['AT_SEQUENCE_NUMBER', 'AFTER_SEQUENCE_NUMBER', 'TRIM_HORIZON', 'LATEST', 'AT_TIMESTAMP']),
  StartingSequenceNumber: z.string().optional(),
  /** Seconds since 1970. */
  Timestamp: z.number().optional(),
})

const startingSequence = (
  { StartingSequenceNumber: sequence, ShardId, ShardIteratorType }: z.infer<typeof input>,
  stream: string,
  account: string,
  { startSequence }: Shard,
): string => {
  if (sequence === undefined) {
    throw invalidArgument(
      `Must either specify (1) ${ShardIteratorType} and StartingSequenceNumber or (2) TRIM_HORIZON or LATEST and no StartingSequenceNumber.`,
    )
  }
  if (isSequence(sequence) && sequence >= startSequence) return sequence
  throw invalidArgument(
    `StartingSequenceNumber ${sequence} used in GetShardIterator on shard ${ShardId} in stream ${stream} under account ${account} is invalid because it did not come from this stream.`,
  )
}

export default defineOperation({
  service: 'kinesis',
  name: 'GetShardIterator',
  input,
  needs: (input, platform) => permissions(platform, 'GetShardIterator', input),
  run(request, { platform }) {
    const { name, shards } = readyStream(platform, request)
    const { account, clock } = platform
    const { ShardId, ShardIteratorType: type, Timestamp } = request
    const shard = shards.find(({ id }) => id === ShardId)
    if (!shard) throw notFound(`Shard ${ShardId} in stream ${name} under account ${account} does not exist`)
    const at = (after: string) => ({ ShardIterator: iteratorAt(platform, { stream: name, shard: ShardId, after }) })
    switch (type) {
      case 'TRIM_HORIZON':
        return at(sequenceBefore(shard.startSequence))
      case 'LATEST':
        return at(sequencesOf(platform)())
      case 'AT_TIMESTAMP':
        if (Timestamp === undefined)
          throw invalidArgument('Must specify timestamp parameter for AT_TIMESTAMP iterator.')
        if (Timestamp * 1000 > clock.now()) {
          throw invalidArgument('The timestampInMillis parameter cannot be greater than the currentTimestampInMillis.')
        }
        return at(sequenceBefore(firstSequenceAt(Timestamp * 1000)))
      case 'AT_SEQUENCE_NUMBER':
        return at(sequenceBefore(startingSequence(request, name, account, shard)))
      case 'AFTER_SEQUENCE_NUMBER':
        return at(startingSequence(request, name, account, shard))
    }
  },
})
