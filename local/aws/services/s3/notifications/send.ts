import type { Principal } from '../../../core/operation.ts'
import type { Platform } from '../../../core/platform.ts'
import { bucketArn } from '../buckets.ts'
import type { Receiver } from './configuration.ts'

/** S3 itself, on behalf of a bucket. */
export const s3Principal = (bucket: string): Principal => ({
  kind: 'service',
  arn: 's3.amazonaws.com',
  sourceArn: bucketArn(bucket),
})

/** Gives a document to a receiver, whose policy must allow the bucket to do so. */
export const sendTo = async (
  platform: Platform,
  bucket: string,
  { kind, arn }: Pick<Receiver, 'kind' | 'arn'>,
  document: object,
): Promise<void> => {
  const text = JSON.stringify(document)
  if (kind === 'lambda') {
    const request = { FunctionName: arn, InvocationType: 'Event', Payload: text }
    await platform.call('lambda', 'Invoke', request, s3Principal(bucket))
    return
  }
  const [, , , , account, queue] = arn.split(':')
  const request = { QueueUrl: `${platform.url}/${account}/${queue}`, MessageBody: text }
  await platform.call('sqs', 'SendMessage', request, s3Principal(bucket))
}
