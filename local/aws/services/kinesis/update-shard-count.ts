import * as z from 'zod'
import { announce } from '../../core/arrivals.ts'
import { defineOperation } from '../../core/operation.ts'
import { invalidArgument } from './kinesis-error.ts'
import { arrivalsAt } from './put-into-shard.ts'
import { sequencesOf } from './sequence.ts'
import { isOpen, reshard } from './shards.ts'
import { activeStream, permissions, streamInput, streams, transition } from './streams.ts'

export default defineOperation({
  service: 'kinesis',
  name: 'UpdateShardCount',
  input: z.strictObject({
    ...streamInput,
    TargetShardCount: z.int().min(1),
    ScalingType: z.literal('UNIFORM_SCALING'),
  }),
  needs: (input, platform) => permissions(platform, 'UpdateShardCount', input),
  run({ TargetShardCount: target, ...reference }, { platform }) {
    const stream = activeStream(platform, reference)
    const current = stream.shards.filter(isOpen).length
    if (stream.mode === 'ON_DEMAND') {
      throw invalidArgument(
        `Request is invalid. Stream ${stream.name} under account ${platform.account} is in On-Demand mode.`,
      )
    }
    if (target > current * 2)
      throw invalidArgument('UpdateShardCount cannot scale up over double your current open shard count.')
    if (target < current / 2)
      throw invalidArgument('UpdateShardCount cannot scale down below half your current open shard count.')
    if (target !== current) {
      const shards = reshard(stream.shards, target, sequencesOf(platform)())
      streams(platform).put(stream.name, { ...stream, shards, transition: transition(platform, 'UPDATING') })
      announce(platform, arrivalsAt(stream.name))
    }
    return { StreamName: stream.name, StreamARN: stream.arn, CurrentShardCount: current, TargetShardCount: target }
  },
})
