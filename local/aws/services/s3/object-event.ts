import type { Call } from '../../core/operation.ts'
import { bucketArn, tellsEventBridge, versioningOf } from './buckets.ts'
import type { Bucket } from './buckets.ts'
import { notify } from './notifications/notify.ts'
import type { Version } from './versions.ts'

/** What happened to an object: the name in notifications, and the words of EventBridge. */
const kinds = {
  PutObject: { name: 'ObjectCreated:Put', detailType: 'Object Created' },
  CopyObject: { name: 'ObjectCreated:Copy', detailType: 'Object Created' },
  CompleteMultipartUpload: { name: 'ObjectCreated:CompleteMultipartUpload', detailType: 'Object Created' },
  'Permanently Deleted': { name: 'ObjectRemoved:Delete', detailType: 'Object Deleted' },
  'Delete Marker Created': { name: 'ObjectRemoved:DeleteMarkerCreated', detailType: 'Object Deleted' },
} as const

/** Tells everyone whom the bucket names of an object version that came or went. */
export const tellOf = (
  call: Call,
  bucket: Bucket,
  version: Pick<Version, 'key' | 'size' | 'etag' | 'versionId' | 'sequencer'>,
  kind: keyof typeof kinds,
): void => {
  const { platform, requestId } = call
  const { key, size, etag, versionId, sequencer } = version
  const { name, detailType } = kinds[kind]
  const created = detailType === 'Object Created'
  const identity = {
    ...(created && { size, etag: etag.replaceAll('"', '') }),
    ...(versioningOf(bucket) ? { 'version-id': versionId } : {}),
  }
  notify(call, bucket, { name, version })
  if (!tellsEventBridge(bucket)) return
  platform.emit({
    source: 'aws.s3',
    detailType,
    resources: [bucketArn(bucket.name)],
    detail: {
      version: '0',
      bucket: { name: bucket.name },
      object: { key, ...identity, sequencer },
      'request-id': requestId,
      requester: platform.account,
      'source-ip-address': '127.0.0.1',
      reason: created ? kind : 'DeleteObject',
      ...(!created && { 'deletion-type': kind }),
    },
  })
}
