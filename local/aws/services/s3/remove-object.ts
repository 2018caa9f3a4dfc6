import type { Call } from '../../core/operation.ts'
import { versioningOf } from './buckets.ts'
import type { Bucket } from './buckets.ts'
import { tellOf } from './object-event.ts'
import { checkWrite } from './preconditions.ts'
import { addVersion, newest, nextSequencer, removeVersion } from './versions.ts'

/** Removes one version for good, or hides the object behind a delete marker where the bucket has versions. */
export const removeObject = (
  call: Call,
  bucket: Bucket,
  {
    Key: key,
    VersionId: versionId,
    IfMatch,
  }: { Key: string; VersionId?: string | undefined; IfMatch?: string | undefined },
): { DeleteMarker?: true; VersionId?: string } => {
  const { platform } = call
  return platform.store.transaction(() => {
    checkWrite({ IfMatch }, newest(platform, bucket.name, key))
    if (versionId || !versioningOf(bucket)) {
      const removed = removeVersion(platform, bucket.name, key, versionId ?? 'null')
      if (removed) tellOf(call, bucket, { ...removed, sequencer: nextSequencer(platform) }, 'Permanently Deleted')
      return {
        ...(versionId && { VersionId: versionId }),
        ...(removed?.deleteMarker && { DeleteMarker: true }),
      }
    }
    const marker = addVersion(platform, bucket, {
      key,
      deleteMarker: true,
      etag: '',
      size: 0,
      body: '',
      described: {},
      checksum: {},
    })
    tellOf(call, bucket, marker, 'Delete Marker Created')
    return { DeleteMarker: true, VersionId: marker.versionId }
  })
}
