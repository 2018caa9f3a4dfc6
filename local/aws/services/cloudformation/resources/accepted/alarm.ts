import * as z from 'zod'
import { flag, number, tags, text } from '../../property-values.ts'
import { accepted } from './accepted.ts'

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
