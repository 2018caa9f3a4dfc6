import * as z from 'zod'
import { flag, number, tags, text } from '../property-values.ts'
import { defineResource } from '../resource-type.ts'
import { retag } from './retag.ts'

const dimension = z.strictObject({ Name: text, Value: text })

const properties = z.strictObject({
  AlarmName: text.optional(),
  AlarmDescription: text.optional(),
  Namespace: text,
  MetricName: text,
  Dimensions: z.array(dimension).optional(),
  Statistic: text.optional(),
  ExtendedStatistic: text.optional(),
  Period: number,
  Unit: text.optional(),
  EvaluationPeriods: number,
  DatapointsToAlarm: number.optional(),
  Threshold: number,
  ComparisonOperator: text,
  TreatMissingData: text.optional(),
  ActionsEnabled: flag.optional(),
  AlarmActions: z.array(text).optional(),
  OKActions: z.array(text).optional(),
  InsufficientDataActions: z.array(text).optional(),
  Tags: tags.optional(),
})

/** The platform's own alarm; `Ref` gives its name. */
export default defineResource({
  type: 'AWS::CloudWatch::Alarm',
  properties,
  replacedBy: ['AlarmName'],
  async create(alarm, { call, name, platform: { region, account } }) {
    const AlarmName = alarm.AlarmName ?? name(255)
    await call('monitoring', 'PutMetricAlarm', { ...alarm, AlarmName })
    const Arn = `arn:aws:cloudwatch:${region}:${account}:alarm:${AlarmName}`
    return { physicalId: AlarmName, attributes: { Arn } }
  },
  async update({ Tags, ...alarm }, { physicalId, attributes, properties: before }, { call }) {
    await call('monitoring', 'PutMetricAlarm', { ...alarm, AlarmName: physicalId })
    const ResourceARN = attributes['Arn']
    await retag(
      { before: before.Tags, after: Tags },
      {
        put: (added) => call('monitoring', 'TagResource', { ResourceARN, Tags: added }),
        remove: (TagKeys) => call('monitoring', 'UntagResource', { ResourceARN, TagKeys }),
      },
    )
    return { physicalId, attributes }
  },
  async delete({ physicalId }, { call }) {
    await call('monitoring', 'DeleteAlarms', { AlarmNames: [physicalId] })
  },
})
