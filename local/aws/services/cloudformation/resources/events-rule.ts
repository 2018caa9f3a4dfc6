import * as z from 'zod'
import { document, number, tags, text } from '../property-values.ts'
import type { Made, ResourceContext } from '../resource-type.ts'
import { defineResource } from '../resource-type.ts'
import { retag } from './retag.ts'

const target = z.strictObject({
  Id: text,
  Arn: text,
  RoleArn: text.optional(),
  Input: text.optional(),
  InputPath: text.optional(),
  InputTransformer: z
    .strictObject({ InputPathsMap: z.record(z.string(), text).optional(), InputTemplate: text })
    .optional(),
  DeadLetterConfig: z.strictObject({ Arn: text.optional() }).optional(),
  RetryPolicy: z
    .strictObject({ MaximumEventAgeInSeconds: number.optional(), MaximumRetryAttempts: number.optional() })
    .optional(),
  SqsParameters: z.strictObject({ MessageGroupId: text }).optional(),
  KinesisParameters: z.strictObject({ PartitionKeyPath: text }).optional(),
})

const properties = z.strictObject({
  Name: text.optional(),
  Description: text.optional(),
  EventBusName: text.optional(),
  EventPattern: document.optional(),
  ScheduleExpression: text.optional(),
  State: z.enum(['ENABLED', 'DISABLED']).optional(),
  RoleArn: text.optional(),
  Targets: z.array(target).optional(),
  Tags: tags.optional(),
})

type Properties = z.infer<typeof properties>

const busOf = ({ EventBusName }: Properties) => (EventBusName === undefined ? {} : { EventBusName })

const put = async (
  Name: string,
  rule: Properties,
  gone: readonly string[],
  { call }: ResourceContext,
): Promise<Made> => {
  const { Targets = [], EventPattern, ...rest } = rule
  const { RuleArn } = await call<{ RuleArn: string }>('events', 'PutRule', {
    ...rest,
    Name,
    ...(EventPattern && { EventPattern: JSON.stringify(EventPattern) }),
  })
  if (gone.length > 0) await call('events', 'RemoveTargets', { Rule: Name, ...busOf(rule), Ids: gone })
  if (Targets.length > 0) {
    const { FailedEntries = [] } = await call<{ FailedEntries?: { TargetId: string; ErrorMessage: string }[] }>(
      'events',
      'PutTargets',
      { Rule: Name, ...busOf(rule), Targets },
    )
    const [failed] = FailedEntries
    if (failed) throw new Error(`Target ${failed.TargetId}: ${failed.ErrorMessage}`)
  }
  return { physicalId: Name, attributes: { Arn: RuleArn } }
}

const idsOf = ({ Targets = [] }: Properties) => Targets.map(({ Id }) => Id)

const remove = async (Name: string, rule: Properties, { call }: ResourceContext) => {
  const Ids = idsOf(rule)
  if (Ids.length > 0) await call('events', 'RemoveTargets', { Rule: Name, ...busOf(rule), Ids })
  await call('events', 'DeleteRule', { Name, ...busOf(rule) })
}

export default defineResource({
  type: 'AWS::Events::Rule',
  properties,
  replacedBy: ['Name', 'EventBusName'],
  async create(rule, context) {
    const Name = rule.Name ?? context.name(64)
    try {
      return await put(Name, rule, [], context)
    } catch (error) {
      await remove(Name, rule, context).catch(() => {})
      throw error
    }
  },
  async update(rule, { physicalId, properties: before }, context) {
    const gone = idsOf(before).filter((id) => !idsOf(rule).includes(id))
    const changed = await put(physicalId, rule, gone, context)
    const ResourceARN = changed.attributes['Arn']
    await retag(
      { before: before.Tags, after: rule.Tags },
      {
        put: (Tags) => context.call('events', 'TagResource', { ResourceARN, Tags }),
        remove: (TagKeys) => context.call('events', 'UntagResource', { ResourceARN, TagKeys }),
      },
    )
    return changed
  },
  delete: ({ physicalId, properties: before }, context) => remove(physicalId, before, context),
})
