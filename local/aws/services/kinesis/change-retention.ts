import * as z from 'zod'
import type { Operation } from '../../core/operation.ts'
import { defineOperation } from '../../core/operation.ts'
import { invalidArgument } from './kinesis-error.ts'
import { activeStream, permissions, streamInput, streams } from './streams.ts'

const input = z.strictObject({ ...streamInput, RetentionPeriodHours: z.int().min(24).max(8760) })

/** IncreaseStreamRetentionPeriod and DecreaseStreamRetentionPeriod; the same period again is no change. */
export const changeRetention = (direction: 'Increase' | 'Decrease'): Operation<z.infer<typeof input>> =>
  defineOperation({
    service: 'kinesis',
    name: `${direction}StreamRetentionPeriod`,
    input,
    needs: (input, platform) => permissions(platform, `${direction}StreamRetentionPeriod`, input),
    run({ RetentionPeriodHours: hours, ...reference }, { platform }) {
      const stream = activeStream(platform, reference)
      const wrong = direction === 'Increase' ? hours < stream.retentionHours : hours > stream.retentionHours
      if (wrong) {
        const than = direction === 'Increase' ? 'shorter' : 'longer'
        throw invalidArgument(
          `Requested retention period (${hours} hours) for stream ${stream.name} can not be ${than} than existing retention period (${stream.retentionHours} hours). Use ${direction === 'Increase' ? 'Decrease' : 'Increase'}RetentionPeriod API.`,
        )
      }
      streams(platform).put(stream.name, { ...stream, retentionHours: hours })
      return {}
    },
  })
