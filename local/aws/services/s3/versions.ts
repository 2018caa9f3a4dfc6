import { randomBytes } from 'node:crypto'
import { AwsError } from '../../core/errors.ts'
import type { Platform } from '../../core/platform.ts'
import type { Table } from '../../core/store.ts'
import { removeBody } from './bodies.ts'
import { versioningOf } from './buckets.ts'
import type { Bucket } from './buckets.ts'
import type { ChecksumType } from './multipart-checksum.ts'

/** One version of an object, or a delete marker. */
export interface Version {
  readonly key: string
  /** `null` where the bucket keeps no versions. */
  readonly versionId: string
  /** Grows with every change in this platform, in hexadecimal of fixed length. */
  readonly sequencer: string
  /** Milliseconds since 1970. */
  readonly lastModified: number
  readonly deleteMarker?: true
  /** With its quotes. */
  readonly etag: string
  readonly size: number
  readonly body: string
  /** Of the parts of a multipart upload, in their order. */
  readonly partSizes?: readonly number[]
  /** Members such as ContentType, Metadata, ServerSideEncryption, as they were given. */
  readonly described: Readonly<Record<string, unknown>>
  /** `{ ChecksumCRC32: … }`. */
  readonly checksum: Readonly<Record<string, string>>
  /** Of its bytes, where it does not say. */
  readonly checksumType?: ChecksumType
}

const separator = '\0'
const digits = 16

/** Versions of a bucket by key, the newest of a key first. */
export const versionsOf = ({ store }: Platform, bucket: string): Table<Version> => store.table(`s3.versions.${bucket}`)

const descending = (sequencer: string) =>
  ((1n << 64n) - 1n - BigInt(`0x${sequencer}`)).toString(16).padStart(digits, '0')
const placeOf = ({ key, sequencer }: Version) => key + separator + descending(sequencer)

/** The place in the table behind every version of a key. */
export const afterVersions = (key: string): string => `${key}${separator}~`

/** Greater than every one before. */
export const nextSequencer = ({ store, clock }: Platform): string => {
  const table = store.table<string>('s3.sequencer')
  const last = BigInt(`0x${table.get('last') ?? '0'}`)
  const now = BigInt(Math.trunc(clock.now())) << 20n
  const next = (now > last ? now : last + 1n).toString(16).toUpperCase().padStart(digits, '0')
  table.put('last', next)
  return next
}

/** The newest version of a key, delete markers included. */
export const newest = (platform: Platform, bucket: string, key: string): Version | undefined =>
  versionsOf(platform, bucket).list({ prefix: key + separator, limit: 1 })[0]?.value

/** A version by its id, or the newest; NoSuchKey, NoSuchVersion or, for a delete marker, what S3 says of it. */
export const versionOf = (platform: Platform, bucket: string, key: string, versionId: string | undefined): Version => {
  const found = versionId
    ? versionsOf(platform, bucket)
        .list({ prefix: key + separator })
        .find(({ value }) => value.versionId === versionId)?.value
    : newest(platform, bucket, key)
  if (versionId && !found)
    throw new AwsError('NoSuchVersion', 'The specified version does not exist.', { status: 404, Key: key })
  if (versionId && found?.deleteMarker)
    throw new AwsError('MethodNotAllowed', 'The specified method is not allowed against this resource.', {
      status: 405,
    })
  if (!found || found.deleteMarker)
    throw new AwsError('NoSuchKey', 'The specified key does not exist.', { status: 404, Key: key })
  return found
}

/** The bytes go once the transaction that forgets them is through. */
const drop = (platform: Platform, bucket: string, version: Version) => {
  versionsOf(platform, bucket).delete(placeOf(version))
  if (!version.body) return
  setImmediate(() => {
    removeBody(platform, version.body).catch((error: unknown) =>
      platform.log('s3', 'a body could not be removed', { level: 'error', body: version.body, error: String(error) }),
    )
  })
}

/** Removes a version for good. Returns it, or undefined when there is none. */
export const removeVersion = (
  platform: Platform,
  bucket: string,
  key: string,
  versionId: string,
): Version | undefined => {
  const found = versionsOf(platform, bucket)
    .list({ prefix: key + separator })
    .find(({ value }) => value.versionId === versionId)?.value
  if (found) drop(platform, bucket, found)
  return found
}

/** Adds the newest version of a key: beside the others where versions are on, else in place of the `null` version. */
export const addVersion = (
  platform: Platform,
  bucket: Bucket,
  version: Omit<Version, 'versionId' | 'sequencer' | 'lastModified'>,
): Version =>
  platform.store.transaction(() => {
    const versioned = versioningOf(bucket) === 'Enabled'
    const added: Version = {
      ...version,
      versionId: versioned ? randomBytes(24).toString('base64url') : 'null',
      sequencer: nextSequencer(platform),
      lastModified: platform.clock.now(),
    }
    if (!versioned) removeVersion(platform, bucket.name, version.key, 'null')
    versionsOf(platform, bucket.name).put(placeOf(added), added)
    return added
  })

/** Keeps a version with other members than it had; its bytes stay. */
export const changeVersion = (platform: Platform, bucket: string, version: Version): void =>
  versionsOf(platform, bucket).put(placeOf(version), version)

/** The version id as replies carry it: none where the bucket never had versions. */
export const shownVersion = (bucket: Bucket, { versionId }: Version): { VersionId?: string } =>
  versioningOf(bucket) ? { VersionId: versionId } : {}

/** Every version with a prefix, from after a place in the table on, read in pages. */
export const walkVersions = function* (
  platform: Platform,
  bucket: string,
  { prefix, after }: { prefix: string; after: string },
): Generator<Version> {
  const table = versionsOf(platform, bucket)
  const limit = 1000
  for (let place = after; ;) {
    const page = table.list({ prefix, after: place, limit })
    for (const { value } of page) yield value
    const last = page.at(-1)
    if (!last || page.length < limit) return
    place = last.key
  }
}
