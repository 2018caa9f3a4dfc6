import {
  ApiGatewayV2Client,
  CreateApiCommand,
  CreateIntegrationCommand,
  CreateRouteCommand,
  CreateStageCommand,
} from '@aws-sdk/client-apigatewayv2'
import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  GetMetricStatisticsCommand,
  PutMetricAlarmCommand,
} from '@aws-sdk/client-cloudwatch'
import { CreateTopicCommand, SetTopicAttributesCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns'
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { controlOf } from '../../core/control-client.ts'
import { temporaryPlatform } from '../../core/testing.ts'
import * as apigateway from '../apigateway/index.ts'
import * as sns from '../sns/index.ts'
import * as sqs from '../sqs/index.ts'
import * as cloudwatch from './index.ts'

const minute = 60_000
let local: Awaited<ReturnType<typeof temporaryPlatform>>
let control: ReturnType<typeof controlOf>
let metrics: CloudWatchClient
let queues: SQSClient

beforeAll(async () => {
  local = await temporaryPlatform({ services: [apigateway, cloudwatch, sns, sqs] })
  control = controlOf(local.platform.url)
  metrics = new CloudWatchClient(local.client)
  queues = new SQSClient(local.client)
})
afterAll(() => local.end())

const policy = (Service: string, Action: string, Condition: object = {}) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service }, Action, Resource: '*', Condition }],
  })

const sumOf = async (Namespace: string, MetricName: string, Dimensions: { Name: string; Value: string }[]) => {
  const now = local.platform.clock.now()
  const times = { StartTime: new Date(now - 5 * minute), EndTime: new Date(now + minute), Period: 3600 }
  const { Datapoints } = await metrics.send(
    new GetMetricStatisticsCommand({ Namespace, MetricName, Dimensions, ...times, Statistics: ['Sum', 'SampleCount'] }),
  )
  return Datapoints?.[0]
}

// Source: CloudWatch User Guide, "Notifying users on alarm changes"; SQS Developer Guide, "Available CloudWatch metrics".
test('a queue with messages rings at a topic until it is empty again', async () => {
  const topics = new SNSClient(local.client)
  const { TopicArn = '' } = await topics.send(new CreateTopicCommand({ Name: 'alerts' }))
  const mayPublish = policy('cloudwatch.amazonaws.com', 'sns:Publish', {
    StringEquals: { 'aws:SourceAccount': '000000000000' },
  })
  await topics.send(new SetTopicAttributesCommand({ TopicArn, AttributeName: 'Policy', AttributeValue: mayPublish }))
  const { QueueUrl: pager } = await queues.send(
    new CreateQueueCommand({
      QueueName: 'pager',
      Attributes: { Policy: policy('sns.amazonaws.com', 'sqs:SendMessage') },
    }),
  )
  const Endpoint = 'arn:aws:sqs:us-east-1:000000000000:pager'
  await topics.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint }))
  const { QueueUrl } = await queues.send(new CreateQueueCommand({ QueueName: 'rejected' }))
  const Dimensions = [{ Name: 'QueueName', Value: 'rejected' }]
  await metrics.send(
    new PutMetricAlarmCommand({
      AlarmName: 'rejected',
      AlarmDescription: 'Look at them',
      Namespace: 'AWS/SQS',
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Dimensions,
      Statistic: 'Maximum',
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      TreatMissingData: 'notBreaching',
      AlarmActions: [TopicArn],
      OKActions: [TopicArn],
    }),
  )
  const state = async () => {
    const { MetricAlarms } = await metrics.send(new DescribeAlarmsCommand({ AlarmNames: ['rejected'] }))
    return MetricAlarms?.[0]?.StateValue
  }
  const told = async () => {
    const { Messages } = await queues.send(new ReceiveMessageCommand({ QueueUrl: pager, WaitTimeSeconds: 5 }))
    await queues.send(new DeleteMessageCommand({ QueueUrl: pager, ReceiptHandle: Messages?.[0]?.ReceiptHandle }))
    const { Subject, Message } = JSON.parse(Messages?.[0]?.Body ?? '{}') as Record<string, string>
    return { Subject, Message: JSON.parse(Message ?? '{}') as unknown }
  }
  await control.advance(3 * minute)
  expect(await state()).toBe('OK')
  expect(await told()).toMatchObject({ Message: { OldStateValue: 'INSUFFICIENT_DATA', NewStateValue: 'OK' } })

  await queues.send(new SendMessageCommand({ QueueUrl, MessageBody: 'nobody could handle me' }))
  await control.advance(3 * minute)
  expect(await state()).toBe('ALARM')
  expect(await told()).toMatchObject({
    Subject: 'ALARM: "rejected" in US East (N. Virginia)',
    Message: {
      AlarmName: 'rejected',
      AlarmDescription: 'Look at them',
      NewStateValue: 'ALARM',
      OldStateValue: 'OK',
      Trigger: { MetricName: 'ApproximateNumberOfMessagesVisible', Statistic: 'MAXIMUM', Threshold: 1 },
    },
  })

  const { Messages } = await queues.send(new ReceiveMessageCommand({ QueueUrl }))
  await queues.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: Messages?.[0]?.ReceiptHandle }))
  await control.advance(3 * minute)
  expect(await state()).toBe('OK')
})

// Source: API Gateway Developer Guide, "CloudWatch metrics for HTTP APIs".
test('requests to an API are counted, with their errors and how long they took', async () => {
  const apis = new ApiGatewayV2Client(local.client)
  const { ApiId = '', ApiEndpoint } = await apis.send(new CreateApiCommand({ Name: 'a', ProtocolType: 'HTTP' }))
  await apis.send(new CreateStageCommand({ ApiId, StageName: '$default', AutoDeploy: true }))
  for (let asked = 0; asked < 3; asked += 1) await fetch(`${ApiEndpoint}/nothing`)
  const api = [{ Name: 'ApiId', Value: ApiId }]
  expect(await sumOf('AWS/ApiGateway', 'Count', api)).toMatchObject({ Sum: 3 })
  expect(await sumOf('AWS/ApiGateway', '4xx', api)).toMatchObject({ Sum: 3 })
  expect(await sumOf('AWS/ApiGateway', '5xx', api)).toMatchObject({ Sum: 0, SampleCount: 3 })
  const { IntegrationId } = await apis.send(
    new CreateIntegrationCommand({
      ApiId,
      IntegrationType: 'AWS_PROXY',
      IntegrationUri: 'arn:aws:lambda:us-east-1:000000000000:function:nobody',
      PayloadFormatVersion: '2.0',
    }),
  )
  await apis.send(new CreateRouteCommand({ ApiId, RouteKey: 'GET /broken', Target: `integrations/${IntegrationId}` }))
  expect((await fetch(`${ApiEndpoint}/broken`)).status).toBe(500)
  expect(await sumOf('AWS/ApiGateway', '5xx', api)).toMatchObject({ Sum: 1, SampleCount: 4 })
  const stage = [...api, { Name: 'Stage', Value: '$default' }]
  expect(await sumOf('AWS/ApiGateway', 'Latency', stage)).toMatchObject({ SampleCount: 4 })
})
