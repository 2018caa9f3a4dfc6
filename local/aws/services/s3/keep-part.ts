import type { Platform } from '../../core/platform.ts'
import type { WrittenBody } from './bodies.ts'
import { keeping, removeBody } from './bodies.ts'
import { partPlace, partsOf, uploadOf } from './uploads.ts'

/** Makes written bytes a part of an upload, in place of what the part was before. */
export const keepPart = async (
  platform: Platform,
  { Bucket, Key, UploadId, PartNumber }: { Bucket: string; Key: string; UploadId: string; PartNumber: number },
  written: WrittenBody,
): Promise<void> => {
  const replaced = await keeping(platform, written, () =>
    platform.store.transaction(() => {
      const parts = partsOf(platform, uploadOf(platform, Bucket, Key, UploadId))
      const before = parts.get(partPlace(PartNumber))
      const { body, size, md5, checksum } = written
      parts.put(partPlace(PartNumber), { number: PartNumber, body, size, md5, checksum, written: platform.clock.now() })
      return before
    }),
  )
  if (replaced) await removeBody(platform, replaced.body)
}
