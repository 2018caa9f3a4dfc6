import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge'
import { KinesisClient, ListStreamsCommand, PutRecordCommand } from '@aws-sdk/client-kinesis'
import { DeleteObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { ListTopicsCommand, PublishCommand, SNSClient } from '@aws-sdk/client-sns'
import { ListQueuesCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { setTimeout as wait } from 'node:timers/promises'
import type { LocalAws } from '../local-aws.ts'

const arrivalMs = 3000

/** Sends the service one event by each of its triggers, and waits until they have arrived. */
export const sendEvents = async ({ endpoint, region, ...credentials }: LocalAws): Promise<void> => {
  const client = { endpoint, region, credentials }
  const queues = new SQSClient(client)
  const { QueueUrls: [QueueUrl] = [] } = await queues.send(
    new ListQueuesCommand({ QueueNamePrefix: 'proof-dev-Letters' }),
  )
  await queues.send(new SendMessageCommand({ QueueUrl, MessageBody: 'by-queue' }))
  const streams = new KinesisClient(client)
  const { StreamNames: [StreamName] = [] } = await streams.send(new ListStreamsCommand({}))
  for (const record of [{ name: 'by-stream' }, { other: 'filtered' }]) {
    const Data = Buffer.from(JSON.stringify(record))
    await streams.send(new PutRecordCommand({ StreamName, PartitionKey: 'k', Data }))
  }
  streams.destroy()
  const topics = new SNSClient(client)
  const { Topics: [topic] = [] } = await topics.send(new ListTopicsCommand({}))
  await topics.send(new PublishCommand({ TopicArn: topic?.TopicArn, Message: 'by-topic' }))
  const objects = new S3Client(client)
  await objects.send(new PutObjectCommand({ Bucket: 'proof-drop', Key: 'by-bucket.txt', Body: 'x' }))
  const Entries = [{ Source: 'proof', DetailType: 'greeting', Detail: '{"name":"by-bus"}' }]
  await new EventBridgeClient(client).send(new PutEventsCommand({ Entries }))
  await wait(arrivalMs)
  await objects.send(new DeleteObjectCommand({ Bucket: 'proof-drop', Key: 'by-bucket.txt' }))
}
