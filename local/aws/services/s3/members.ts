import { Readable } from 'node:stream'
import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import { ownError } from '../../core/own-error.ts'
import { checksumAlgorithms } from '../../core/signing/checksums.ts'

const bucketName = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/

/** Members that many operations of S3 have. */
export const Bucket = z
  .string()
  .refine((name) => bucketName.test(name), ownError('InvalidBucketName', 'The specified bucket is not valid.'))
export const Key = z
  .string()
  .min(1)
  .refine((key) => Buffer.byteLength(key) <= 1024, ownError('KeyTooLongError', 'Your key is too long'))
  .refine((key) => !key.includes('\0'), 'A key may not hold the character U+0000')
export const PartNumber = z
  .int()
  .refine(
    (part) => part >= 1 && part <= 10_000,
    ownError('InvalidArgument', 'Part number must be an integer between 1 and 10000, inclusive'),
  )
export const ExpectedBucketOwner = z.string().optional()

export const inBucket = { Bucket, ExpectedBucketOwner }
export const onObject = { Bucket, Key, ExpectedBucketOwner }

/** What a caller inside the platform gives in place of a request's body. */
export const Body = z.union([z.string(), z.instanceof(Uint8Array), z.instanceof(Readable)]).optional()

const text = z.string().optional()

/** Classes whose objects can be read at once; those of an archive would have to be restored first. */
const readable = ['STANDARD', 'REDUCED_REDUNDANCY', 'STANDARD_IA', 'ONEZONE_IA', 'INTELLIGENT_TIERING', 'GLACIER_IR']
const archives = ['GLACIER', 'DEEP_ARCHIVE']

const mostMetadataBytes = 2048
const metadataBytes = (metadata: Readonly<Record<string, string>>) =>
  Object.entries(metadata).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(value), 0)

/** What is kept with an object and given back with it. */
export const described = {
  ContentType: text,
  ContentEncoding: text,
  ContentDisposition: text,
  ContentLanguage: text,
  CacheControl: text,
  Expires: text,
  Metadata: z
    .record(z.string(), z.string())
    .refine(
      (metadata) => metadataBytes(metadata) <= mostMetadataBytes,
      ownError('MetadataTooLarge', 'Your metadata headers exceed the maximum allowed metadata size'),
    )
    .optional(),
  ServerSideEncryption: z.enum(['AES256', 'aws:kms']).optional(),
  SSEKMSKeyId: text,
  BucketKeyEnabled: z.boolean().optional(),
  StorageClass: z
    .string()
    .refine((name) => !archives.includes(name), ownError('NotImplemented', 'The local platform has no archives.', 501))
    .refine(
      (name) => readable.includes(name) || archives.includes(name),
      ownError('InvalidStorageClass', 'The storage class you specified is not valid'),
    )
    .optional(),
  Tagging: text,
  ACL: z.enum(['private', 'bucket-owner-full-control']).optional(),
}

export const ChecksumAlgorithm = z.enum(checksumAlgorithms).optional()
export const checksums = {
  ChecksumAlgorithm,
  ChecksumCRC32: text,
  ChecksumCRC32C: text,
  ChecksumCRC64NVME: text,
  ChecksumSHA1: text,
  ChecksumSHA256: text,
}
export const checksumMembers = checksumAlgorithms.map((algorithm) => `Checksum${algorithm}` as const)

/** The checksum that a request brings, if it does. */
export const givenChecksum = (
  input: Readonly<Partial<Record<`Checksum${(typeof checksumAlgorithms)[number]}`, string | undefined>>>,
) => {
  const algorithm = checksumAlgorithms.find((each) => input[`Checksum${each}`])
  return algorithm && { algorithm, value: input[`Checksum${algorithm}`] }
}

/** Refuses a body whose checksum is not the one that was given. */
export const checkGiven = (
  given: ReturnType<typeof givenChecksum>,
  checksum: Readonly<Record<string, string>>,
): void => {
  if (given && checksum[`Checksum${given.algorithm}`] !== given.value)
    throw new AwsError('BadDigest', `The ${given.algorithm} you specified did not match the calculated checksum.`)
}

/** Headers of a body, which count for nothing once the body has been read. */
export const bodyHeaders = { ContentLength: z.number().optional() }

export const encryptionMembers = ['ServerSideEncryption', 'SSEKMSKeyId', 'BucketKeyEnabled'] as const

export const EncodingType = z.enum(['url']).optional()

/** Writes keys and prefixes as the caller wants them. */
export const encoder = (encoding: 'url' | undefined) => (text: string) =>
  encoding === 'url' ? encodeURIComponent(text).replaceAll('%2F', '/') : text
