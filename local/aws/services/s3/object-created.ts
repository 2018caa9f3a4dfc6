import type { Call } from '../../core/operation.ts'
import { bucketArn, tellsEventBridge, versioningOf } from './buckets.ts'
import type { Bucket } from './buckets.ts'
import type { Version } from './versions.ts'

/** Tells EventBridge of a new object version, if the bucket is to. */
export const tellCreated = (
  { platform, requestId }: Call,
  bucket: Bucket,
  { key, size, etag, versionId, sequencer }: Version,
  reason: 'PutObject' | 'CopyObject' | 'CompleteMultipartUpload',
): void => {
  if (!tellsEventBridge(bucket)) return
  platform.emit({
    source: 'aws.s3',
    detailType: 'Object Created',
    resources: [bucketArn(bucket.name)],
    detail: {
      version: '0',
      bucket: { name: bucket.name },
      object: {
        key,
        size,
        etag: etag.replaceAll('"', ''),
        ...(versioningOf(bucket) ? { 'version-id': versionId } : {}),
        sequencer,
      },
      'request-id': requestId,
      requester: platform.account,
      'source-ip-address': '127.0.0.1',
      reason,
    },
  })
}
