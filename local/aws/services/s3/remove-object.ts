import type { Platform } from '../../core/platform.ts'
import { versioningOf } from './buckets.ts'
import type { Bucket } from './buckets.ts'
import { addVersion, removeVersion } from './versions.ts'

/** Removes one version for good, or hides the object behind a delete marker where the bucket has versions. */
export const removeObject = (
  platform: Platform,
  bucket: Bucket,
  key: string,
  versionId: string | undefined,
): { DeleteMarker?: true; VersionId?: string } =>
  platform.store.transaction(() => {
    if (versionId) {
      const removed = removeVersion(platform, bucket.name, key, versionId)
      return { VersionId: versionId, ...(removed?.deleteMarker ? { DeleteMarker: true } : {}) }
    }
    if (!versioningOf(bucket)) {
      removeVersion(platform, bucket.name, key, 'null')
      return {}
    }
    const marker = { key, deleteMarker: true, etag: '', size: 0, body: '', described: {}, checksum: {} } as const
    return { DeleteMarker: true, VersionId: addVersion(platform, bucket, marker).versionId }
  })
