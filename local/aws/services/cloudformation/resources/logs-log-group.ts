import * as z from 'zod'
import { number, tags, text } from '../property-values.ts'
import type { Made, ResourceContext } from '../resource-type.ts'
import { defineResource } from '../resource-type.ts'
import { retag, tagMap } from './retag.ts'

const made = (name: string, { platform: { region, account } }: ResourceContext): Made => ({
  physicalId: name,
  attributes: { Arn: `arn:aws:logs:${region}:${account}:log-group:${name}:*` },
})

const retain = (logGroupName: string, days: number | undefined, { call }: ResourceContext) =>
  days === undefined
    ? call('logs', 'DeleteRetentionPolicy', { logGroupName })
    : call('logs', 'PutRetentionPolicy', { logGroupName, retentionInDays: days })

export default defineResource({
  type: 'AWS::Logs::LogGroup',
  properties: z.strictObject({
    LogGroupName: text.optional(),
    RetentionInDays: number.optional(),
    Tags: tags.optional(),
  }),
  replacedBy: ['LogGroupName'],
  async create({ LogGroupName, RetentionInDays, Tags }, context) {
    const logGroupName = LogGroupName ?? context.name(512)
    await context.call('logs', 'CreateLogGroup', { logGroupName, ...(Tags && { tags: tagMap(Tags) }) })
    if (RetentionInDays !== undefined) await retain(logGroupName, RetentionInDays, context)
    return made(logGroupName, context)
  },
  async update({ RetentionInDays, Tags }, { physicalId, properties: before }, context) {
    await retain(physicalId, RetentionInDays, context)
    await retag(
      { before: before.Tags, after: Tags },
      {
        put: (added) => context.call('logs', 'TagResource', { resourceArn: physicalId, tags: tagMap(added) }),
        remove: (tagKeys) => context.call('logs', 'UntagResource', { resourceArn: physicalId, tagKeys }),
      },
    )
    return made(physicalId, context)
  },
  async delete({ physicalId }, { call }) {
    await call('logs', 'DeleteLogGroup', { logGroupName: physicalId })
  },
})
