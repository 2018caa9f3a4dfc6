import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { existingStream, permissions, streamInput, streams } from './streams.ts'

export default defineOperation({
  service: 'kinesis',
  name: 'RemoveTagsFromStream',
  input: z.strictObject({ ...streamInput, TagKeys: z.array(z.string()).min(1).max(50) }),
  needs: (input, platform) => permissions(platform, 'RemoveTagsFromStream', input),
  run({ TagKeys, ...reference }, { platform }) {
    const stream = existingStream(platform, reference)
    const kept = Object.entries(stream.tags).filter(([key]) => !TagKeys.includes(key))
    streams(platform).put(stream.name, { ...stream, tags: Object.fromEntries(kept) })
    return {}
  },
})
