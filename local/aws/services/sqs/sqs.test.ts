import {
  CreateQueueCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { temporaryPlatform } from '../../core/testing.ts'
import * as sqs from './index.ts'

let platform: Awaited<ReturnType<typeof temporaryPlatform>>
let client: SQSClient
beforeAll(async () => {
  platform = await temporaryPlatform({ services: [sqs] })
  client = new SQSClient(platform.client)
})
afterAll(() => platform.end())

test('a message is sent, received once with what it carries, and deleted', async () => {
  const { QueueUrl } = await client.send(new CreateQueueCommand({ QueueName: 'plain' }))
  expect(QueueUrl).toBe(`${platform.platform.url}/000000000000/plain`)
  const MessageAttributes = {
    who: { DataType: 'String', StringValue: 'tower' },
    raw: { DataType: 'Binary', BinaryValue: new Uint8Array([0, 255]) },
  }
  const sent = await client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'hello', MessageAttributes }))
  const { Messages = [] } = await client.send(
    new ReceiveMessageCommand({ QueueUrl, MessageAttributeNames: ['All'], MessageSystemAttributeNames: ['All'] }),
  )
  expect(Messages).toHaveLength(1)
  expect(Messages[0]).toMatchObject({
    Body: 'hello',
    MessageId: sent.MessageId,
    MD5OfMessageAttributes: sent.MD5OfMessageAttributes,
    MessageAttributes,
    Attributes: { ApproximateReceiveCount: '1', SenderId: '000000000000' },
  })
  expect((await client.send(new ReceiveMessageCommand({ QueueUrl }))).Messages).toBeUndefined()
  await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: Messages[0]?.ReceiptHandle }))
})
