import * as z from 'zod'
import { number, tags, text } from '../property-values.ts'
import type { Made, ResourceContext } from '../resource-type.ts'
import { defineResource } from '../resource-type.ts'
import { retag, tagMap } from './retag.ts'

const properties = z.strictObject({
  Name: text.optional(),
  ShardCount: number.optional(),
  RetentionPeriodHours: number.optional(),
  StreamModeDetails: z.strictObject({ StreamMode: z.enum(['PROVISIONED', 'ON_DEMAND']) }).optional(),
  StreamEncryption: z.strictObject({ EncryptionType: z.literal('KMS'), KeyId: text }).optional(),
  MaxRecordSizeInKiB: number.optional(),
  Tags: tags.optional(),
})
type Properties = z.infer<typeof properties>
type Description = { StreamDescriptionSummary: { StreamStatus: string } }

const usualHours = 24
const lookMs = 1000

/** Resolves when the stream is what it was asked to be. */
const settled = async (StreamName: string, { call, platform: { clock } }: ResourceContext): Promise<void> => {
  for (;;) {
    const { StreamDescriptionSummary } = await call<Description>('kinesis', 'DescribeStreamSummary', { StreamName })
    if (StreamDescriptionSummary.StreamStatus === 'ACTIVE') return
    await clock.sleep(clock.pace(lookMs))
  }
}

/** Changes what differs from how the stream was, one after the other, as the API wants it. */
const configure = async (StreamName: string, after: Properties, before: Properties, context: ResourceContext) => {
  const change = async (operation: string, input: object) => {
    await context.call('kinesis', operation, { StreamName, ...input })
    await settled(StreamName, context)
  }
  const hours = after.RetentionPeriodHours ?? usualHours
  const hoursBefore = before.RetentionPeriodHours ?? usualHours
  if (hours !== hoursBefore) {
    const direction = hours > hoursBefore ? 'Increase' : 'Decrease'
    await change(`${direction}StreamRetentionPeriod`, { RetentionPeriodHours: hours })
  }
  if (JSON.stringify(after.StreamEncryption) !== JSON.stringify(before.StreamEncryption)) {
    if (before.StreamEncryption) await change('StopStreamEncryption', before.StreamEncryption)
    if (after.StreamEncryption) await change('StartStreamEncryption', after.StreamEncryption)
  }
  await retag(
    { before: before.Tags, after: after.Tags },
    {
      put: (added) => change('AddTagsToStream', { Tags: tagMap(added) }),
      remove: (TagKeys) => change('RemoveTagsFromStream', { TagKeys }),
    },
  )
}

const arnOf = (name: string, { platform: { region, account } }: ResourceContext): string =>
  `arn:aws:kinesis:${region}:${account}:stream/${name}`

const made = (name: string, context: ResourceContext): Made => ({
  physicalId: name,
  attributes: { Arn: arnOf(name, context) },
})

export default defineResource({
  type: 'AWS::Kinesis::Stream',
  properties,
  replacedBy: ['Name', 'MaxRecordSizeInKiB'],
  async create(stream, context) {
    const StreamName = stream.Name ?? context.name(128)
    const { ShardCount, StreamModeDetails, MaxRecordSizeInKiB } = stream
    const onDemand = StreamModeDetails?.StreamMode === 'ON_DEMAND'
    await context.call('kinesis', 'CreateStream', {
      StreamName,
      ...(ShardCount === undefined && onDemand ? {} : { ShardCount: ShardCount ?? 1 }),
      ...(StreamModeDetails && { StreamModeDetails }),
      ...(MaxRecordSizeInKiB !== undefined && { MaxRecordSizeInKiB }),
    })
    try {
      await settled(StreamName, context)
      await configure(StreamName, stream, {}, context)
    } catch (error) {
      await context.call('kinesis', 'DeleteStream', { StreamName })
      throw error
    }
    return made(StreamName, context)
  },
  async update(after, { physicalId: StreamName, properties: before }, context) {
    const mode = after.StreamModeDetails?.StreamMode ?? 'PROVISIONED'
    if (mode !== (before.StreamModeDetails?.StreamMode ?? 'PROVISIONED')) {
      await context.call('kinesis', 'UpdateStreamMode', {
        StreamARN: arnOf(StreamName, context),
        StreamModeDetails: { StreamMode: mode },
      })
      await settled(StreamName, context)
    }
    if (mode === 'PROVISIONED' && (after.ShardCount ?? 1) !== (before.ShardCount ?? 1)) {
      await context.call('kinesis', 'UpdateShardCount', {
        StreamName,
        TargetShardCount: after.ShardCount ?? 1,
        ScalingType: 'UNIFORM_SCALING',
      })
      await settled(StreamName, context)
    }
    await configure(StreamName, after, before, context)
    return made(StreamName, context)
  },
  async delete({ physicalId: StreamName }, { call, platform: { clock } }) {
    await call('kinesis', 'DeleteStream', { StreamName })
    const gone = async () => {
      const { StreamNames } = await call<{ StreamNames: string[] }>('kinesis', 'ListStreams', { Limit: 10_000 })
      return !StreamNames.includes(StreamName)
    }
    while (!(await gone())) await clock.sleep(clock.pace(lookMs))
  },
})
