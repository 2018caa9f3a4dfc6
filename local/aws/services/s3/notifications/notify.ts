import type { Call } from '../../../core/operation.ts'
import { bucketArn, versioningOf } from '../buckets.ts'
import type { Bucket } from '../buckets.ts'
import type { Version } from '../versions.ts'
import type { Receiver } from './configuration.ts'
import { receiversOf, wants } from './configuration.ts'
import { sendTo } from './send.ts'

interface ObjectEvent {
  /** `ObjectCreated:Put`. */
  readonly name: string
  readonly version: Pick<Version, 'key' | 'size' | 'etag' | 'versionId' | 'sequencer'>
}

const tries = 3
const retryMs = 10_000

/** Keys are encoded as in a form: a space is a plus. */
const encodedKey = (key: string): string =>
  encodeURIComponent(key)
    .replaceAll('%20', '+')
    .replaceAll('%2F', '/')
    .replaceAll(/[!'()]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)

const recordOf = (
  { platform, principal, requestId }: Call,
  bucket: Bucket,
  { name, version }: ObjectEvent,
  receiver: Receiver,
) => {
  const { region, account, clock } = platform
  return {
    eventVersion: '2.1',
    eventSource: 'aws:s3',
    awsRegion: region,
    eventTime: new Date(clock.now()).toISOString(),
    eventName: name,
    userIdentity: { principalId: `AWS:${principal.arn.split('/').slice(1).join(':') || account}` },
    requestParameters: { sourceIPAddress: '127.0.0.1' },
    responseElements: { 'x-amz-request-id': requestId, 'x-amz-id-2': requestId },
    s3: {
      s3SchemaVersion: '1.0',
      configurationId: receiver.id,
      bucket: { name: bucket.name, ownerIdentity: { principalId: account }, arn: bucketArn(bucket.name) },
      object: {
        key: encodedKey(version.key),
        ...(name.startsWith('ObjectCreated') && { size: version.size, eTag: version.etag.replaceAll('"', '') }),
        ...(versioningOf(bucket) && { versionId: version.versionId }),
        sequencer: version.sequencer,
      },
    },
  }
}

/** Tells the queues and functions that a bucket names, after the caller has been answered; a refusal is tried again. */
export const notify = (call: Call, bucket: Bucket, event: ObjectEvent): void => {
  const { platform } = call
  const { clock } = platform
  const tell = async (receiver: Receiver) => {
    const document = { Records: [recordOf(call, bucket, event, receiver)] }
    for (let left = tries; ; left -= 1) {
      try {
        await sendTo(platform, bucket.name, receiver, document)
        return
      } catch (error) {
        if (left > 1) await clock.sleep(clock.pace(retryMs))
        else {
          const cause = error instanceof Error ? error.message : String(error)
          platform.log('s3', 'a notification was lost', { bucket: bucket.name, receiver: receiver.arn, cause })
          return
        }
      }
    }
  }
  for (const receiver of receiversOf(bucket)) if (wants(receiver, event.name, event.version.key)) void tell(receiver)
}
