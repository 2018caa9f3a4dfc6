import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { existingStream, permissions, streamInput } from './streams.ts'

export default defineOperation({
  service: 'kinesis',
  name: 'ListTagsForStream',
  input: z.strictObject({
    ...streamInput,
    ExclusiveStartTagKey: z.string().default(''),
    Limit: z.int().min(1).max(50).default(50),
  }),
  needs: (input, platform) => permissions(platform, 'ListTagsForStream', input),
  run({ ExclusiveStartTagKey, Limit, ...reference }, { platform }) {
    const left = Object.entries(existingStream(platform, reference).tags)
      .filter(([key]) => key > ExclusiveStartTagKey)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
    return {
      Tags: left.slice(0, Limit).map(([Key, Value]) => ({ Key, Value })),
      HasMoreTags: left.length > Limit,
    }
  },
})
