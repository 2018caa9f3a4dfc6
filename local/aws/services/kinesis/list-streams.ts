import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { findStream, statusOf, streamArn, streams } from './streams.ts'

export default defineOperation({
  service: 'kinesis',
  name: 'ListStreams',
  input: z.strictObject({
    Limit: z.int().min(1).max(10_000).default(100),
    ExclusiveStartStreamName: z.string().optional(),
    NextToken: z.string().optional(),
  }),
  needs: (_, platform) => [{ action: 'kinesis:ListStreams', resource: streamArn(platform, '*') }],
  run({ Limit, ExclusiveStartStreamName, NextToken }, { platform }) {
    const all = streams(platform)
      .list({ after: NextToken ?? ExclusiveStartStreamName ?? '' })
      .flatMap(({ key }) => findStream(platform, key) ?? [])
    const page = all.slice(0, Limit)
    const HasMoreStreams = all.length > Limit
    return {
      StreamNames: page.map(({ name }) => name),
      HasMoreStreams,
      NextToken: HasMoreStreams ? page.at(-1)?.name : undefined,
      StreamSummaries: page.map((stream) => ({
        StreamName: stream.name,
        StreamARN: stream.arn,
        StreamStatus: statusOf(stream),
        StreamModeDetails: { StreamMode: stream.mode },
        StreamCreationTimestamp: new Date(stream.created),
      })),
    }
  },
})
