import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation'
import {
  CloudWatchClient,
  DeleteAlarmsCommand,
  DescribeAlarmsCommand,
  DisableAlarmActionsCommand,
  EnableAlarmActionsCommand,
  GetMetricDataCommand,
  GetMetricStatisticsCommand,
  ListMetricsCommand,
  ListTagsForResourceCommand,
  PutMetricAlarmCommand,
  PutMetricDataCommand,
  SetAlarmStateCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-cloudwatch'
import type { Datapoint, MetricDatum, PutMetricAlarmCommandInput } from '@aws-sdk/client-cloudwatch'
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { controlOf } from '../../core/control-client.ts'
import { defineOperation } from '../../core/operation.ts'
import type { BusEvent } from '../../core/service.ts'
import { temporaryPlatform } from '../../core/testing.ts'
import { until } from '../../core/until.ts'
import * as cloudformation from '../cloudformation/index.ts'
import * as logs from '../logs/index.ts'
import * as cloudwatch from './index.ts'
import * as z from 'zod'

const told: BusEvent[] = []
const invoked: { FunctionName: string; Payload: string }[] = []
let local: Awaited<ReturnType<typeof temporaryPlatform>>
let control: ReturnType<typeof controlOf>
let client: CloudWatchClient

/** A Lambda that only counts what comes. */
const lambda = {
  operations: [
    defineOperation({
      service: 'lambda',
      name: 'Invoke',
      input: z.object({ FunctionName: z.string(), Payload: z.string() }),
      needs: () => [],
      run: (input) => void invoked.push(input),
    }),
  ],
}

beforeAll(async () => {
  const recorder = { operations: [], receive: (event: BusEvent) => void told.push(event) }
  local = await temporaryPlatform({ services: [logs, cloudwatch, cloudformation, lambda, recorder] })
  control = controlOf(local.platform.url)
  client = new CloudWatchClient({ ...local.client, maxAttempts: 1 })
})
afterAll(() => local.end())

const minute = 60_000
const now = () => local.platform.clock.now()
const put = (Namespace: string, ...MetricData: MetricDatum[]) =>
  client.send(new PutMetricDataCommand({ Namespace, MetricData }))
const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    ({ name, message }: Error) => ({ name, message }),
  )
const byTime = (points: readonly Datapoint[] = []) =>
  points.toSorted((a, b) => (a.Timestamp?.getTime() ?? 0) - (b.Timestamp?.getTime() ?? 0))

test('values come back as statistics by period, whole values as percentiles too', async () => {
  const start = Math.floor(now() / minute) * minute - 10 * minute
  const at = (ms: number) => new Date(start + ms)
  const Dimensions = [{ Name: 'Endpoint', Value: 'flights' }]
  await put(
    'Own',
    { MetricName: 'Latency', Dimensions, Timestamp: at(0), Value: 10, Unit: 'Milliseconds' },
    {
      MetricName: 'Latency',
      Dimensions,
      Timestamp: at(59_000),
      Values: [20, 90],
      Counts: [8, 1],
      Unit: 'Milliseconds',
    },
    { MetricName: 'Latency', Dimensions, Timestamp: at(minute), Value: 7, Unit: 'Milliseconds' },
    { MetricName: 'Latency', Dimensions: [], Timestamp: at(0), Value: 1e6 },
    {
      MetricName: 'Rows',
      Timestamp: at(0),
      StatisticValues: { SampleCount: 4, Sum: 10, Minimum: 1, Maximum: 4 },
    },
  )
  const statistics = (MetricName: string, more: object) =>
    client.send(
      new GetMetricStatisticsCommand({
        Namespace: 'Own',
        MetricName,
        StartTime: at(0),
        EndTime: at(5 * minute),
        Period: 60,
        ...more,
      }),
    )
  const latency = await statistics('Latency', {
    Dimensions,
    Statistics: ['SampleCount', 'Average', 'Sum', 'Minimum', 'Maximum'],
    ExtendedStatistics: ['p50', 'p99'],
  })
  expect(latency.Label).toBe('Latency')
  expect(byTime(latency.Datapoints)).toEqual([
    {
      Timestamp: at(0),
      Unit: 'Milliseconds',
      SampleCount: 10,
      Average: 26,
      Sum: 260,
      Minimum: 10,
      Maximum: 90,
      ExtendedStatistics: { p50: 20, p99: 90 },
    },
    expect.objectContaining({ Timestamp: at(minute), SampleCount: 1, ExtendedStatistics: { p50: 7, p99: 7 } }),
  ])
  const rows = await statistics('Rows', { Statistics: ['Average'], ExtendedStatistics: ['p90'] })
  expect(rows.Datapoints).toEqual([{ Timestamp: at(0), Unit: 'None', Average: 2.5, ExtendedStatistics: {} }])
  expect((await statistics('Latency', { Dimensions, Statistics: ['Sum'], Unit: 'Seconds' })).Datapoints).toEqual([])

  const { MetricDataResults } = await client.send(
    new GetMetricDataCommand({
      StartTime: at(0),
      EndTime: at(5 * minute),
      MetricDataQueries: [
        {
          Id: 'all',
          MetricStat: { Metric: { Namespace: 'Own', MetricName: 'Latency', Dimensions }, Period: 60, Stat: 'Sum' },
        },
        {
          Id: 'hidden',
          ReturnData: false,
          MetricStat: { Metric: { Namespace: 'Own', MetricName: 'Rows' }, Period: 60, Stat: 'p50' },
        },
      ],
    }),
  )
  expect(MetricDataResults).toMatchObject([
    { Id: 'all', Label: 'Latency', Values: [7, 260], Timestamps: [at(minute), at(0)], StatusCode: 'Complete' },
  ])
})

test('metrics are listed by namespace, name and dimension; other periods, times and names are refused', async () => {
  const list = async (more: object) => (await client.send(new ListMetricsCommand(more))).Metrics
  expect(await list({ Namespace: 'Own', MetricName: 'Latency', Dimensions: [{ Name: 'Endpoint' }] })).toEqual([
    { Namespace: 'Own', MetricName: 'Latency', Dimensions: [{ Name: 'Endpoint', Value: 'flights' }] },
  ])
  expect(await list({ Namespace: 'Other' })).toEqual([])
  expect(await refusal(put('AWS/SageMaker', { MetricName: 'a', Value: 1 }))).toMatchObject({
    name: 'InvalidParameterValueException',
  })
  expect(await refusal(put('Own', { MetricName: 'a', Value: 1, Values: [1] }))).toMatchObject({
    name: 'InvalidParameterCombinationException',
  })
  expect(await refusal(put('Own', { MetricName: 'a', Value: 1, Timestamp: new Date(0) }))).toMatchObject({
    name: 'InvalidParameterValueException',
  })
  const odd = new GetMetricStatisticsCommand({
    Namespace: 'Own',
    MetricName: 'a',
    StartTime: new Date(now() - minute),
    EndTime: new Date(now()),
    Period: 61,
    Statistics: ['Sum'],
  })
  expect((await refusal(client.send(odd)))?.message).toContain("'period'")
})

test('a large request comes compressed', async () => {
  const many = Array.from({ length: 500 }, (_, number) => ({ MetricName: `metric-${number}`, Value: number }))
  await put('Many', ...many)
  const first = await client.send(new ListMetricsCommand({ Namespace: 'Many' }))
  expect(first.Metrics).toHaveLength(500)
})

test('log lines in the embedded metric format are metrics', async () => {
  const stream = new CloudWatchLogsClient(local.client)
  const place = { logGroupName: 'g', logStreamName: 's' }
  await stream.send(new CreateLogGroupCommand(place))
  await stream.send(new CreateLogStreamCommand(place))
  const line = {
    _aws: {
      Timestamp: now(),
      CloudWatchMetrics: [
        {
          Namespace: 'Hopline',
          Dimensions: [['stage'], ['stage', 'pipeline']],
          Metrics: [{ Name: 'rows', Unit: 'Count' }, { Name: 'absent' }],
        },
      ],
    },
    stage: 'dev',
    pipeline: 'flights',
    rows: [3, 4],
  }
  const logEvents = [JSON.stringify(line), '{"_aws":{"CloudWatchMetrics":1}}', '"CloudWatchMetrics"'].map(
    (message) => ({
      message,
      timestamp: now(),
    }),
  )
  await stream.send(new PutLogEventsCommand({ ...place, logEvents }))
  const { Metrics } = await client.send(new ListMetricsCommand({ Namespace: 'Hopline' }))
  expect(Metrics?.map(({ MetricName, Dimensions }) => [MetricName, Dimensions?.length])).toEqual([
    ['rows', 2],
    ['rows', 1],
  ])
  const { Datapoints } = await client.send(
    new GetMetricStatisticsCommand({
      Namespace: 'Hopline',
      MetricName: 'rows',
      Dimensions: [{ Name: 'stage', Value: 'dev' }],
      StartTime: new Date(now() - 5 * minute),
      EndTime: new Date(now() + minute),
      Period: 3600,
      Statistics: ['Sum'],
    }),
  )
  expect(Datapoints).toMatchObject([{ Sum: 7, Unit: 'Count' }])
})

const alarm = (AlarmName: string, more: Partial<PutMetricAlarmCommandInput> = {}) =>
  client.send(
    new PutMetricAlarmCommand({
      AlarmName,
      Namespace: 'Own',
      MetricName: AlarmName,
      Statistic: 'Sum',
      Period: 60,
      EvaluationPeriods: 2,
      Threshold: 5,
      ComparisonOperator: 'GreaterThanThreshold',
      ...more,
    }),
  )
const described = async (name: string) => {
  const { MetricAlarms = [] } = await client.send(new DescribeAlarmsCommand({ AlarmNames: [name] }))
  return MetricAlarms[0]
}
const arn = 'arn:aws:cloudwatch:us-east-1:000000000000:alarm:errors'
const AlarmActions = ['arn:aws:lambda:us-east-1:000000000000:function:tell']

test('an alarm follows its metric on the clock, tells the bus of each change and acts', async () => {
  await alarm('errors', { AlarmActions, AlarmDescription: 'too many', Tags: [{ Key: 'stage', Value: 'dev' }] })
  expect(await described('errors')).toMatchObject({ StateValue: 'INSUFFICIENT_DATA', AlarmArn: arn })
  const value = async (Value: number) => {
    await put('Own', { MetricName: 'errors', Value })
    await control.advance(minute)
  }
  await value(1)
  await value(1)
  expect(await described('errors')).toMatchObject({ StateValue: 'OK' })
  await value(9)
  expect(await described('errors')).toMatchObject({ StateValue: 'OK' })
  await value(9)
  expect(await described('errors')).toMatchObject({
    StateValue: 'ALARM',
    StateReason: 'Threshold Crossed: 2 datapoints [9, 9] greater than the threshold (5).',
  })
  await control.advance(10 * minute)
  expect(await described('errors')).toMatchObject({ StateValue: 'INSUFFICIENT_DATA' })
  const changes = told.filter(({ resources }) => resources.includes(arn)).map(({ detail }) => detail)
  expect(changes.map(({ state }) => z.object({ value: z.string() }).parse(state).value)).toEqual([
    'OK',
    'ALARM',
    'INSUFFICIENT_DATA',
  ])
  expect(told.find(({ resources }) => resources.includes(arn))).toMatchObject({
    source: 'aws.cloudwatch',
    detailType: 'CloudWatch Alarm State Change',
    detail: {
      alarmName: 'errors',
      previousState: { value: 'INSUFFICIENT_DATA' },
      configuration: {
        description: 'too many',
        metrics: [{ metricStat: { metric: { namespace: 'Own', name: 'errors' }, period: 60, stat: 'Sum' } }],
      },
    },
  })
  expect(invoked).toMatchObject([{ FunctionName: AlarmActions[0] }])
  expect(JSON.parse(invoked[0]?.Payload ?? '')).toMatchObject({ alarmData: { state: { value: 'ALARM' } } })
})

test.each([
  ['missing', [9], 'ALARM'],
  ['ignore', [9], 'INSUFFICIENT_DATA'],
  ['breaching', [], 'ALARM'],
  ['notBreaching', [9], 'OK'],
] as const)('missing data treated as %s after %j are %s', async (TreatMissingData, values, state) => {
  const name = `missing-${TreatMissingData}`
  await alarm(name, { TreatMissingData, EvaluationPeriods: 3 })
  for (const Value of values) await put('Own', { MetricName: name, Value })
  await control.advance(2 * minute)
  expect((await described(name))?.StateValue).toBe(state)
})

test('2 of 3 data points are enough when that is asked for', async () => {
  await alarm('some', { EvaluationPeriods: 3, DatapointsToAlarm: 2 })
  for (const Value of [9, 0, 9]) {
    await put('Own', { MetricName: 'some', Value })
    await control.advance(minute)
  }
  expect((await described('some'))?.StateValue).toBe('ALARM')
})

test('a state can be set, actions switched off, tags changed, alarms deleted', async () => {
  const acted = invoked.length
  await client.send(new DisableAlarmActionsCommand({ AlarmNames: ['errors'] }))
  const set = (StateValue: 'OK' | 'ALARM') =>
    client.send(new SetAlarmStateCommand({ AlarmName: 'errors', StateValue, StateReason: 'by hand' }))
  await set('ALARM')
  expect(await described('errors')).toMatchObject({
    StateValue: 'ALARM',
    StateReason: 'by hand',
    ActionsEnabled: false,
  })
  await client.send(new EnableAlarmActionsCommand({ AlarmNames: ['errors'] }))
  await set('OK')
  await set('ALARM')
  expect(invoked).toHaveLength(acted + 1)
  await client.send(new TagResourceCommand({ ResourceARN: arn, Tags: [{ Key: 'team', Value: 'ml' }] }))
  await client.send(new UntagResourceCommand({ ResourceARN: arn, TagKeys: ['stage'] }))
  const { Tags } = await client.send(new ListTagsForResourceCommand({ ResourceARN: arn }))
  expect(Tags).toEqual([{ Key: 'team', Value: 'ml' }])
  const { MetricAlarms } = await client.send(
    new DescribeAlarmsCommand({ AlarmNamePrefix: 'err', StateValue: 'ALARM', ActionPrefix: 'arn:aws:lambda' }),
  )
  expect(MetricAlarms).toHaveLength(1)
  const remove = (...AlarmNames: string[]) => client.send(new DeleteAlarmsCommand({ AlarmNames }))
  expect(await refusal(remove('errors', 'unknown'))).toMatchObject({ name: 'ResourceNotFound' })
  await remove('errors')
  expect(await described('errors')).toBeUndefined()
  expect(await refusal(set('OK'))).toMatchObject({ name: 'ResourceNotFound' })
})

test('what no alarm here can watch or do is refused', async () => {
  const invalid = async (more: Partial<PutMetricAlarmCommandInput>) => (await refusal(alarm('bad', more)))?.message
  expect(await invalid({ AlarmActions: ['arn:aws:automate:us-east-1:ec2:stop'] })).toContain('unsupported action')
  expect(await invalid({ ExtendedStatistic: 'p99' })).toContain('Exactly one of')
  expect(await invalid({ Statistic: undefined, ExtendedStatistic: 'tm99' })).toContain('p0 to p100')
  expect(await invalid({ ComparisonOperator: 'GreaterThanUpperThreshold' })).toContain('not with a band')
  expect(await invalid({ DatapointsToAlarm: 3 })).toContain("'datapointsToAlarm'")
})

test('a stack has alarms: they are made, changed in place and removed with it', async () => {
  const stacks = new CloudFormationClient(local.client)
  const StackName = 'watched'
  const template = (Threshold: number, Tags: object[]) => ({
    StackName,
    TemplateBody: JSON.stringify({
      Resources: {
        Errors: {
          Type: 'AWS::CloudWatch::Alarm',
          Properties: {
            Namespace: 'AWS/SageMaker',
            MetricName: 'Invocation5XXErrors',
            Dimensions: [{ Name: 'EndpointName', Value: 'flights' }],
            Statistic: 'Average',
            Period: '60',
            EvaluationPeriods: 1,
            Threshold,
            ComparisonOperator: 'GreaterThanThreshold',
            TreatMissingData: 'notBreaching',
            Tags,
          },
        },
      },
      Outputs: { Name: { Value: { Ref: 'Errors' } }, Arn: { Value: { 'Fn::GetAtt': ['Errors', 'Arn'] } } },
    }),
  })
  const done = async (wanted: string) => {
    const stack = async () => (await stacks.send(new DescribeStacksCommand({ StackName }))).Stacks?.[0]
    const { Outputs = [] } = (await until(stack, (found) => found?.StackStatus === wanted)) ?? {}
    return Object.fromEntries(Outputs.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue ?? '']))
  }
  await stacks.send(new CreateStackCommand(template(0.05, [{ Key: 'stage', Value: 'dev' }])))
  const { Name = '', Arn } = await done('CREATE_COMPLETE')
  expect(await described(Name)).toMatchObject({ AlarmArn: Arn, Threshold: 0.05, TreatMissingData: 'notBreaching' })
  await stacks.send(new UpdateStackCommand(template(0.5, [{ Key: 'team', Value: 'ml' }])))
  expect(await done('UPDATE_COMPLETE')).toEqual({ Name, Arn })
  expect(await described(Name)).toMatchObject({ Threshold: 0.5 })
  const { Tags } = await client.send(new ListTagsForResourceCommand({ ResourceARN: Arn }))
  expect(Tags).toEqual([{ Key: 'team', Value: 'ml' }])
  await stacks.send(new DeleteStackCommand({ StackName }))
  await until(
    () => described(Name),
    (alarm) => alarm === undefined,
  )
})
