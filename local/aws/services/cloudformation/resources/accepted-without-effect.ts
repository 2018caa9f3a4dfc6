import * as z from 'zod'
import { documentText, flag, number, tags, text } from '../property-values.ts'
import type { Made, Properties, ResourceContext, ResourceType } from '../resource-type.ts'
import { defineResource } from '../resource-type.ts'

/** A type whose properties are checked, whose references work, and behind which there is nothing yet. */
const accepted = <P extends Properties>(
  type: string,
  properties: z.ZodType<P>,
  replacedBy: readonly (keyof P & string)[],
  made: (properties: P, context: ResourceContext) => Made,
): ResourceType =>
  defineResource({
    type,
    properties,
    replacedBy,
    create: (wanted, context) => Promise.resolve(made(wanted, context)),
    update: (wanted, { physicalId, attributes }, context) => {
      const now = made(wanted, context)
      return Promise.resolve(now.physicalId === physicalId ? now : { physicalId, attributes })
    },
    delete: () => Promise.resolve(),
  })

const dimension = z.strictObject({ Name: text, Value: text })

export const alarm = accepted(
  'AWS::CloudWatch::Alarm',
  z.strictObject({
    AlarmName: text.optional(),
    AlarmDescription: text.optional(),
    Namespace: text.optional(),
    MetricName: text.optional(),
    Dimensions: z.array(dimension).optional(),
    Metrics: z.array(z.record(z.string(), z.unknown())).optional(),
    Statistic: text.optional(),
    ExtendedStatistic: text.optional(),
    Period: number.optional(),
    Unit: text.optional(),
    EvaluationPeriods: number,
    DatapointsToAlarm: number.optional(),
    Threshold: number.optional(),
    ComparisonOperator: text,
    TreatMissingData: z.enum(['breaching', 'notBreaching', 'ignore', 'missing']).optional(),
    ActionsEnabled: flag.optional(),
    AlarmActions: z.array(text).optional(),
    OKActions: z.array(text).optional(),
    InsufficientDataActions: z.array(text).optional(),
    Tags: tags.optional(),
  }),
  ['AlarmName'],
  ({ AlarmName }, { name, platform: { region, account } }) => {
    const physicalId = AlarmName ?? name(255)
    return { physicalId, attributes: { Arn: `arn:aws:cloudwatch:${region}:${account}:alarm:${physicalId}` } }
  },
)

export const kmsKey = accepted(
  'AWS::KMS::Key',
  z.strictObject({
    Description: text.optional(),
    Enabled: flag.optional(),
    EnableKeyRotation: flag.optional(),
    KeyPolicy: documentText.optional(),
    KeySpec: text.optional(),
    KeyUsage: text.optional(),
    MultiRegion: flag.optional(),
    PendingWindowInDays: number.optional(),
    Tags: tags.optional(),
  }),
  ['KeySpec', 'KeyUsage', 'MultiRegion'],
  (_, { platform: { region, account } }) => {
    const physicalId = crypto.randomUUID()
    return { physicalId, attributes: { KeyId: physicalId, Arn: `arn:aws:kms:${region}:${account}:key/${physicalId}` } }
  },
)

export const kmsAlias = accepted(
  'AWS::KMS::Alias',
  z.strictObject({ AliasName: text, TargetKeyId: text }),
  ['AliasName'],
  ({ AliasName }) => ({ physicalId: AliasName, attributes: {} }),
)
