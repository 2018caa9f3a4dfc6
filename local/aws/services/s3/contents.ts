import type { Version } from './versions.ts'

/** Objects as listings show them. */
export const contentsOf = (versions: readonly Version[], encode: (text: string) => string) =>
  versions.map(({ key, lastModified, etag, size, described }) => ({
    Key: encode(key),
    LastModified: new Date(lastModified),
    ETag: etag,
    Size: size,
    StorageClass: described['StorageClass'] ?? 'STANDARD',
  }))
