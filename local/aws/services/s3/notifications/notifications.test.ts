import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetBucketNotificationConfigurationCommand,
  PutBucketNotificationConfigurationCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import type { NotificationConfiguration } from '@aws-sdk/client-s3'
import { CreateQueueCommand, ReceiveMessageCommand, SetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import * as z from 'zod'
import { defineOperation } from '../../../core/operation.ts'
import type { BusEvent } from '../../../core/service.ts'
import { temporaryPlatform } from '../../../core/testing.ts'
import { until } from '../../../core/until.ts'
import * as sqs from '../../sqs/index.ts'
import * as s3 from '../index.ts'

const Bucket = 'telling'
const functionArn = 'arn:aws:lambda:us-east-1:000000000000:function:f'
const events: BusEvent[] = []
const invoked: { FunctionName: string; Payload: string }[] = []
let functionPolicy: string | undefined
const invoke = defineOperation({
  service: 'lambda',
  name: 'Invoke',
  input: z.looseObject({ FunctionName: z.string(), Payload: z.string() }),
  needs: ({ FunctionName }) => [{ action: 'lambda:InvokeFunction', resource: FunctionName }],
  run: (request) => void invoked.push(request),
})
let platform: Awaited<ReturnType<typeof temporaryPlatform>>
let objects: S3Client
let queues: SQSClient
let QueueUrl: string
beforeAll(async () => {
  const lambda = { operations: [invoke], resourcePolicies: { lambda: () => ({ policy: functionPolicy }) } }
  const bus = { operations: [], receive: (event: BusEvent) => void events.push(event) }
  platform = await temporaryPlatform({ services: [s3, sqs, lambda, bus], pace: 1000 })
  objects = new S3Client(platform.client)
  queues = new SQSClient(platform.client)
  await objects.send(new CreateBucketCommand({ Bucket }))
  QueueUrl = (await queues.send(new CreateQueueCommand({ QueueName: 'told' }))).QueueUrl ?? ''
})
afterAll(() => platform.end())

const QueueArn = 'arn:aws:sqs:us-east-1:000000000000:told'
const configure = (NotificationConfiguration: NotificationConfiguration) =>
  objects.send(new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration }))
const letS3 = (Action: string, Resource: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: 's3.amazonaws.com' },
        Action,
        Resource,
        Condition: { ArnLike: { 'aws:SourceArn': `arn:aws:s3:::${Bucket}` } },
      },
    ],
  })
const told = async () => {
  const { Messages = [] } = await queues.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 5 }))
  return JSON.parse(Messages[0]?.Body ?? '{}') as Record<string, unknown>
}

test('a receiver that may not be told is refused', async () => {
  const toQueue = { QueueConfigurations: [{ QueueArn, Events: ['s3:ObjectCreated:*' as const] }] }
  const refused = {
    name: 'InvalidArgument',
    message: 'Unable to validate the following destination configurations',
  }
  await expect(configure(toQueue)).rejects.toMatchObject(refused)
  const toFunction = {
    LambdaFunctionConfigurations: [{ LambdaFunctionArn: functionArn, Events: ['s3:ObjectCreated:*' as const] }],
  }
  await expect(configure(toFunction)).rejects.toMatchObject(refused)
  const TopicArn = 'arn:aws:sns:us-east-1:000000000000:t'
  const toTopic = { TopicConfigurations: [{ TopicArn, Events: ['s3:ObjectCreated:*' as const] }] }
  await expect(configure(toTopic)).rejects.toThrow('opicConfiguration')
})

test('queues and functions are told of the keys that they want, with encoded keys and a growing sequencer', async () => {
  const Attributes = { Policy: letS3('sqs:SendMessage', QueueArn) }
  await queues.send(new SetQueueAttributesCommand({ QueueUrl, Attributes }))
  functionPolicy = letS3('lambda:InvokeFunction', functionArn)
  const configuration = {
    QueueConfigurations: [
      {
        Id: 'csv',
        QueueArn,
        Events: ['s3:ObjectCreated:Put' as const, 's3:ObjectRemoved:*' as const],
        Filter: { Key: { FilterRules: [{ Name: 'suffix' as const, Value: '.csv' }] } },
      },
    ],
    LambdaFunctionConfigurations: [
      { Id: 'all', LambdaFunctionArn: functionArn, Events: ['s3:ObjectCreated:*' as const] },
    ],
  }
  await configure(configuration)
  expect(await objects.send(new GetBucketNotificationConfigurationCommand({ Bucket }))).toMatchObject(configuration)
  expect(await told()).toMatchObject({ Event: 's3:TestEvent', Bucket })

  const Key = 'raw/a b+ü(1).csv'
  const { ETag } = await objects.send(new PutObjectCommand({ Bucket, Key, Body: 'abc' }))
  await objects.send(new PutObjectCommand({ Bucket, Key: 'raw/other.txt', Body: 'x' }))
  const created = await told()
  expect(created).toEqual({
    Records: [
      {
        eventVersion: '2.1',
        eventSource: 'aws:s3',
        awsRegion: 'us-east-1',
        eventTime: expect.any(String),
        eventName: 'ObjectCreated:Put',
        userIdentity: { principalId: 'AWS:000000000000' },
        requestParameters: { sourceIPAddress: '127.0.0.1' },
        responseElements: { 'x-amz-request-id': expect.any(String), 'x-amz-id-2': expect.any(String) },
        s3: {
          s3SchemaVersion: '1.0',
          configurationId: 'csv',
          bucket: { name: Bucket, ownerIdentity: { principalId: '000000000000' }, arn: `arn:aws:s3:::${Bucket}` },
          object: {
            key: 'raw/a+b%2B%C3%BC%281%29.csv',
            size: 3,
            eTag: ETag?.replaceAll('"', ''),
            sequencer: expect.stringMatching(/^[0-9A-F]{16}$/),
          },
        },
      },
    ],
  })
  await until(
    () => invoked.length,
    (count) => count === 2,
  )
  expect(
    invoked.map(({ FunctionName, Payload }) => [FunctionName, JSON.parse(Payload).Records[0].s3.object.key]),
  ).toEqual([
    [functionArn, 'raw/a+b%2B%C3%BC%281%29.csv'],
    [functionArn, 'raw/other.txt'],
  ])
  await objects.send(new DeleteObjectCommand({ Bucket, Key }))
  const removed = await told()
  expect(removed).toMatchObject({
    Records: [{ eventName: 'ObjectRemoved:Delete', s3: { object: { key: 'raw/a+b%2B%C3%BC%281%29.csv' } } }],
  })
  const sequencer = (message: Record<string, unknown>) =>
    (message['Records'] as { s3: { object: { sequencer: string } } }[])[0]?.s3.object.sequencer ?? ''
  expect(sequencer(created) < sequencer(removed)).toBe(true)
})

test('EventBridge is told of what was deleted, and how', async () => {
  await configure({ EventBridgeConfiguration: {} })
  await objects.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }))
  const { VersionId } = await objects.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x' }))
  const marker = await objects.send(new DeleteObjectCommand({ Bucket, Key: 'k' }))
  await objects.send(new DeleteObjectCommand({ Bucket, Key: 'k', VersionId }))
  const deleted = await until(
    () => events.filter(({ detailType }) => detailType === 'Object Deleted'),
    (all) => all.length === 2,
  )
  expect(deleted.map(({ detail }) => detail)).toMatchObject([
    {
      reason: 'DeleteObject',
      'deletion-type': 'Delete Marker Created',
      object: { key: 'k', 'version-id': marker.VersionId },
    },
    { reason: 'DeleteObject', 'deletion-type': 'Permanently Deleted', object: { key: 'k', 'version-id': VersionId } },
  ])
})
