import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { invalidArgument } from './kinesis-error.ts'
import { existingStream, permissions, streamInput, streams } from './streams.ts'

const mostTags = 50

export default defineOperation({
  service: 'kinesis',
  name: 'AddTagsToStream',
  input: z.strictObject({ ...streamInput, Tags: z.record(z.string().min(1).max(128), z.string().max(256)) }),
  needs: (input, platform) => permissions(platform, 'AddTagsToStream', input),
  run({ Tags, ...reference }, { platform }) {
    const stream = existingStream(platform, reference)
    const tags = { ...stream.tags, ...Tags }
    if (Object.keys(tags).length > mostTags) {
      throw invalidArgument(
        `Failed to add tags to stream ${stream.name} because a given stream cannot have more than ${mostTags} tags associated with it.`,
      )
    }
    streams(platform).put(stream.name, { ...stream, tags })
    return {}
  },
})
