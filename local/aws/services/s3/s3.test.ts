import { createHash, randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { crc32 } from 'node:zlib'
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteBucketCommand,
  DeleteBucketPolicyCommand,
  DeleteObjectCommand,
  DeleteObjectTaggingCommand,
  DeleteObjectsCommand,
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketLocationCommand,
  GetBucketNotificationConfigurationCommand,
  GetBucketPolicyCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  GetPublicAccessBlockCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListMultipartUploadsCommand,
  ListObjectVersionsCommand,
  ListObjectsCommand,
  ListObjectsV2Command,
  ListPartsCommand,
  PutBucketEncryptionCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketNotificationConfigurationCommand,
  PutBucketPolicyCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutObjectAclCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  PutPublicAccessBlockCommand,
  S3Client,
  UploadPartCommand,
  paginateListObjectsV2,
} from '@aws-sdk/client-s3'
import type { PutObjectCommandInput } from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { BusEvent } from '../../core/service.ts'
import { temporaryPlatform } from '../../core/testing.ts'
import * as s3 from './index.ts'

const events: BusEvent[] = []
let platform: Awaited<ReturnType<typeof temporaryPlatform>>
let client: S3Client
beforeAll(async () => {
  platform = await temporaryPlatform({
    services: [s3, { operations: [], receive: (event) => void events.push(event) }],
  })
  client = new S3Client(platform.client)
})
afterAll(async () => {
  client.destroy()
  await platform.end()
})

let buckets = 0
const bucket = async (versioned = false) => {
  const Bucket = `bucket-${++buckets}`
  await client.send(new CreateBucketCommand({ Bucket }))
  if (versioned)
    await client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }))
  return Bucket
}
const put = (Bucket: string, Key: string, Body: string | Buffer = Key) =>
  client.send(new PutObjectCommand({ Bucket, Key, Body }))
const get = async (Bucket: string, Key: string, VersionId?: string) =>
  (await client.send(new GetObjectCommand({ Bucket, Key, VersionId }))).Body?.transformToString()

describe('objects', () => {
  test('come back as they were put, with type, metadata, ETag and checksum', async () => {
    const Bucket = await bucket()
    const Body = randomBytes(300_000)
    const put = await client.send(
      new PutObjectCommand({ Bucket, Key: 'a b/ü+%2F?.bin', Body, ContentType: 'text/x', Metadata: { run: '7' } }),
    )
    expect(put.ETag).toBe(`"${createHash('md5').update(Body).digest('hex')}"`)
    expect(put.ChecksumCRC32).toMatch(/^[\w+/]{6}==$/)
    expect(put.VersionId).toBeUndefined()
    const got = await client.send(new GetObjectCommand({ Bucket, Key: 'a b/ü+%2F?.bin' }))
    expect(Buffer.from((await got.Body?.transformToByteArray()) ?? [])).toEqual(Body)
    expect(got).toMatchObject({ ContentType: 'text/x', Metadata: { run: '7' }, ContentLength: 300_000, ETag: put.ETag })
    const head = await client.send(new HeadObjectCommand({ Bucket, Key: 'a b/ü+%2F?.bin', ChecksumMode: 'ENABLED' }))
    expect(head).toMatchObject({ ContentLength: 300_000, ChecksumCRC32: put.ChecksumCRC32 })
  })

  test('take streams of known length in signed and unsigned chunks, and every checksum', async () => {
    const Bucket = await bucket()
    const bytes = randomBytes(6_000_000)
    for (const ChecksumAlgorithm of ['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'] as const) {
      const Body = Readable.from([bytes.subarray(0, 70_001), bytes.subarray(70_001)])
      await client.send(
        new PutObjectCommand({ Bucket, Key: ChecksumAlgorithm, Body, ContentLength: bytes.length, ChecksumAlgorithm }),
      )
      const got = await client.send(new GetObjectCommand({ Bucket, Key: ChecksumAlgorithm }))
      expect(got[`Checksum${ChecksumAlgorithm}`]).toMatch(/^[\w+/]+=*$/)
      expect(bytes.equals((await got.Body?.transformToByteArray()) ?? Buffer.alloc(0))).toBe(true)
    }
    const check = { Bucket, Key: 'check', Body: '123456789', ChecksumAlgorithm: 'CRC64NVME' } as const
    expect((await client.send(new PutObjectCommand(check))).ChecksumCRC64NVME).toBe('rosUhgp5mIg=')
    await expect(
      client.send(new PutObjectCommand({ ...check, Body: '12345678', ChecksumCRC64NVME: 'rosUhgp5mIg=' })),
    ).rejects.toMatchObject({ name: 'BadDigest' })
  })

  test('get CRC64NVME when they come without a checksum', async () => {
    const object = { Bucket: await bucket(), Key: 'plain' }
    const plain = new S3Client({ ...platform.client, requestChecksumCalculation: 'WHEN_REQUIRED' })
    const wanted = { ChecksumCRC64NVME: 'rosUhgp5mIg=', ChecksumType: 'FULL_OBJECT' }
    expect(await plain.send(new PutObjectCommand({ ...object, Body: '123456789' }))).toMatchObject(wanted)
    expect(await plain.send(new HeadObjectCommand({ ...object, ChecksumMode: 'ENABLED' }))).toMatchObject(wanted)
    plain.destroy()
  })

  test('are read in ranges', async () => {
    const Bucket = await bucket()
    await put(Bucket, 'k', '0123456789')
    const range = async (Range: string) => {
      const { Body, ContentRange, $metadata } = await client.send(new GetObjectCommand({ Bucket, Key: 'k', Range }))
      return [$metadata.httpStatusCode, ContentRange, await Body?.transformToString()]
    }
    expect(await range('bytes=2-4')).toEqual([206, 'bytes 2-4/10', '234'])
    expect(await range('bytes=7-')).toEqual([206, 'bytes 7-9/10', '789'])
    expect(await range('bytes=-2')).toEqual([206, 'bytes 8-9/10', '89'])
    expect(await range('bytes=5-99')).toEqual([206, 'bytes 5-9/10', '56789'])
    await expect(range('bytes=10-')).rejects.toMatchObject({ name: 'InvalidRange' })
  })

  test('are written under conditions', async () => {
    const Bucket = await bucket()
    const write = (condition: object, Body = 'x') =>
      client.send(new PutObjectCommand({ Bucket, Key: 'once', Body, ...condition }))
    const { ETag } = await write({ IfNoneMatch: '*' })
    await expect(write({ IfNoneMatch: '*' }, 'y')).rejects.toMatchObject({ name: 'PreconditionFailed' })
    await expect(write({ IfMatch: '"other"' }, 'y')).rejects.toMatchObject({ name: 'PreconditionFailed' })
    await write({ IfMatch: ETag }, 'z')
    expect(await get(Bucket, 'once')).toBe('z')
    await expect(
      client.send(new PutObjectCommand({ Bucket, Key: 'new', Body: 'x', IfMatch: ETag })),
    ).rejects.toMatchObject({ name: 'NoSuchKey' })
    const { ETag: current } = await client.send(new HeadObjectCommand({ Bucket, Key: 'once' }))
    await expect(
      client.send(new GetObjectCommand({ Bucket, Key: 'once', IfNoneMatch: current })),
    ).rejects.toMatchObject({ $metadata: { httpStatusCode: 304 } })
  })

  test('are deleted and copied under conditions', async () => {
    const Bucket = await bucket()
    const { ETag } = await put(Bucket, 'k')
    const copy = (condition: object) =>
      client.send(new CopyObjectCommand({ Bucket, Key: 'copy', CopySource: `${Bucket}/k`, ...condition }))
    await copy({ IfNoneMatch: '*' })
    await expect(copy({ IfNoneMatch: '*' })).rejects.toMatchObject({ name: 'PreconditionFailed' })
    await copy({ IfMatch: ETag })
    const remove = (IfMatch?: string) => client.send(new DeleteObjectCommand({ Bucket, Key: 'k', IfMatch }))
    await expect(remove('"other"')).rejects.toMatchObject({ name: 'PreconditionFailed' })
    await remove(ETag)
    await expect(remove(ETag)).rejects.toMatchObject({ name: 'NoSuchKey' })
  })

  test('are told to be encrypted as they or their bucket ask', async () => {
    const Bucket = await bucket()
    expect(await put(Bucket, 'plain')).toMatchObject({ ServerSideEncryption: 'AES256' })
    const own = { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: 'key-1' } as const
    expect(await client.send(new PutObjectCommand({ Bucket, Key: 'own', Body: 'x', ...own }))).toMatchObject(own)
    const byDefault = { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'alias/data' } as const
    await client.send(
      new PutBucketEncryptionCommand({
        Bucket,
        ServerSideEncryptionConfiguration: {
          Rules: [{ ApplyServerSideEncryptionByDefault: byDefault, BucketKeyEnabled: true }],
        },
      }),
    )
    const encrypted = { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: 'alias/data', BucketKeyEnabled: true }
    expect(await put(Bucket, 'later')).toMatchObject(encrypted)
    expect(await client.send(new HeadObjectCommand({ Bucket, Key: 'later' }))).toMatchObject(encrypted)
    const copied = await client.send(new CopyObjectCommand({ Bucket, Key: 'copy', CopySource: `${Bucket}/plain` }))
    expect(copied).toMatchObject(encrypted)
    const AES256 = { ServerSideEncryption: 'AES256' } as const
    expect(await client.send(new PutObjectCommand({ Bucket, Key: 'aes', Body: 'x', ...AES256 }))).not.toHaveProperty(
      'SSEKMSKeyId',
    )
    const withKey = new PutObjectCommand({ Bucket, Key: 'c', Body: 'x', SSECustomerAlgorithm: 'AES256' })
    await expect(client.send(withKey)).rejects.toMatchObject({ name: 'NotImplemented' })
  })

  test('are read and written by presigned URLs, as long as these are good for', async () => {
    const Bucket = await bucket()
    const signer = new S3Client({ ...platform.client, requestChecksumCalculation: 'WHEN_REQUIRED' })
    const Key = 'a b/ü.csv'
    const Metadata = { by: 'link' }
    const write = await getSignedUrl(signer, new PutObjectCommand({ Bucket, Key, Metadata, IfNoneMatch: '*' }))
    const headers = { 'if-none-match': '*', 'content-type': 'text/csv' }
    expect((await fetch(write, { method: 'PUT', body: 'x,y', headers })).status).toBe(200)
    expect((await fetch(write, { method: 'PUT', body: 'x,y', headers })).status).toBe(412)
    expect(await client.send(new HeadObjectCommand({ Bucket, Key }))).toMatchObject({
      ContentType: 'text/csv',
      Metadata,
    })
    const asked = new GetObjectCommand({ Bucket, Key, ResponseContentDisposition: 'attachment' })
    const read = await getSignedUrl(signer, asked, { expiresIn: 60 })
    const reply = await fetch(read)
    expect([await reply.text(), reply.headers.get('content-disposition')]).toEqual(['x,y', 'attachment'])
    const refusal = async (url: string) => {
      const { status, ...refused } = await fetch(url).then(async (response) => ({
        status: response.status,
        text: await response.text(),
      }))
      return [status, /<Code>(\w+)<\/Code>/.exec(refused.text)?.[1]]
    }
    expect(await refusal(read.replace('%C3%BC', 'u'))).toEqual([403, 'SignatureDoesNotMatch'])
    expect(await refusal(read.replace('attachment', 'inline'))).toEqual([403, 'SignatureDoesNotMatch'])
    const signingDate = new Date(Date.now() - 120_000)
    const old = await getSignedUrl(signer, asked, { expiresIn: 60, signingDate })
    expect(await refusal(old)).toEqual([403, 'AccessDenied'])
    expect(await refusal(`${platform.platform.url}/${Bucket}/${encodeURIComponent(Key)}`)).toEqual([
      403,
      'AccessDenied',
    ])
  })

  test('keep nothing of a body whose checksum is wrong', async () => {
    const Bucket = await bucket()
    const wrong = new PutObjectCommand({
      Bucket,
      Key: 'k',
      Body: 'x',
      ChecksumSHA256: Buffer.alloc(32).toString('base64'),
    })
    await expect(client.send(wrong)).rejects.toMatchObject({ name: 'BadDigest' })
    await expect(get(Bucket, 'k')).rejects.toMatchObject({ name: 'NoSuchKey' })
  })

  test('have tags of their own, which a copy takes along unless it is told otherwise', async () => {
    const Bucket = await bucket(true)
    const key = { Bucket, Key: 'tagged' }
    const tags = async (more: object = {}) =>
      (await client.send(new GetObjectTaggingCommand({ ...key, ...more }))).TagSet
    const { VersionId } = await client.send(new PutObjectCommand({ ...key, Body: 'x', Tagging: 'a=1&b=%C3%A9' }))
    expect(await tags()).toEqual([
      { Key: 'a', Value: '1' },
      { Key: 'b', Value: 'é' },
    ])
    expect(await client.send(new HeadObjectCommand(key))).toMatchObject({ TagCount: 2 })
    const copy = (Key: string, more: object) =>
      client.send(new CopyObjectCommand({ Bucket, Key, CopySource: `${Bucket}/tagged`, ...more }))
    await copy('along', { MetadataDirective: 'REPLACE', ContentType: 'text/plain' })
    expect(await tags({ Key: 'along' })).toHaveLength(2)
    await copy('other', { TaggingDirective: 'REPLACE', Tagging: 'c=3' })
    expect(await tags({ Key: 'other' })).toEqual([{ Key: 'c', Value: '3' }])
    await put(Bucket, key.Key, 'newer')
    const TagSet = [{ Key: 'd', Value: '' }]
    const changed = new PutObjectTaggingCommand({ ...key, VersionId, Tagging: { TagSet } })
    expect(await client.send(changed)).toMatchObject({ VersionId })
    expect([await tags(), await tags({ VersionId })]).toEqual([[], TagSet])
    await client.send(new DeleteObjectTaggingCommand({ ...key, VersionId }))
    expect(await tags({ VersionId })).toEqual([])
    const many = Array.from({ length: 11 }, (_, index) => ({ Key: `${index}`, Value: '' }))
    await expect(client.send(new PutObjectTaggingCommand({ ...key, Tagging: { TagSet: many } }))).rejects.toMatchObject(
      { name: 'BadRequest', message: 'Object tags cannot be greater than 10' },
    )
    await expect(tags({ Key: 'absent' })).rejects.toMatchObject({ name: 'NoSuchKey' })
  })

  test('are copied with and without their metadata', async () => {
    const Bucket = await bucket()
    await client.send(new PutObjectCommand({ Bucket, Key: 'a/ü 1', Body: 'x', Metadata: { m: '1' } }))
    const CopySource = `/${Bucket}/${encodeURIComponent('a/ü 1')}`
    const { CopyObjectResult } = await client.send(new CopyObjectCommand({ Bucket, Key: 'b', CopySource }))
    expect(CopyObjectResult?.ETag).toBe(`"${createHash('md5').update('x').digest('hex')}"`)
    await client.send(
      new CopyObjectCommand({ Bucket, Key: 'c', CopySource, MetadataDirective: 'REPLACE', Metadata: { m: '2' } }),
    )
    expect((await client.send(new HeadObjectCommand({ Bucket, Key: 'b' }))).Metadata).toEqual({ m: '1' })
    expect((await client.send(new HeadObjectCommand({ Bucket, Key: 'c' }))).Metadata).toEqual({ m: '2' })
    await put(Bucket, 'a/ü 1', 'y')
    expect(await get(Bucket, 'b')).toBe('x')
  })

  test('live on as versions where the bucket has them', async () => {
    const Bucket = await bucket(true)
    const { VersionId: first } = await put(Bucket, 'k', 'one')
    const { VersionId: second } = await put(Bucket, 'k', 'two')
    expect(await get(Bucket, 'k')).toBe('two')
    expect(await get(Bucket, 'k', first)).toBe('one')
    const { DeleteMarker, VersionId: marker } = await client.send(new DeleteObjectCommand({ Bucket, Key: 'k' }))
    expect(DeleteMarker).toBe(true)
    await expect(get(Bucket, 'k')).rejects.toMatchObject({ name: 'NoSuchKey' })
    const listed = await client.send(new ListObjectVersionsCommand({ Bucket }))
    expect(listed.Versions?.map(({ VersionId, IsLatest }) => [VersionId, IsLatest])).toEqual([
      [second, false],
      [first, false],
    ])
    expect(listed.DeleteMarkers).toMatchObject([{ Key: 'k', VersionId: marker, IsLatest: true }])
    await client.send(new DeleteObjectCommand({ Bucket, Key: 'k', VersionId: marker }))
    expect(await get(Bucket, 'k')).toBe('two')
    await client.send(
      new DeleteObjectsCommand({
        Bucket,
        Delete: { Objects: [first, second].map((VersionId) => ({ Key: 'k', VersionId })) },
      }),
    )
    await client.send(new DeleteBucketCommand({ Bucket }))
  })
})

describe('listings', () => {
  test('follow the bytes of the keys, roll up prefixes and go on where they stopped', async () => {
    const Bucket = await bucket()
    const keys = ['a', 'a b', 'b/1', 'b/2', 'b0', 'c/x/1', 'c/y', 'ü', 'z<&>"']
    for (const key of keys) await put(Bucket, key)
    const all = await client.send(new ListObjectsV2Command({ Bucket }))
    expect(all.Contents?.map(({ Key }) => Key)).toEqual(
      keys.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))),
    )
    const rolled = await client.send(new ListObjectsV2Command({ Bucket, Delimiter: '/' }))
    expect(rolled.CommonPrefixes).toEqual([{ Prefix: 'b/' }, { Prefix: 'c/' }])
    expect(rolled.Contents?.map(({ Key }) => Key)).toEqual(['a', 'a b', 'b0', 'z<&>"', 'ü'])
    const under = await client.send(new ListObjectsV2Command({ Bucket, Prefix: 'c/', Delimiter: '/' }))
    expect([under.CommonPrefixes, under.Contents?.map(({ Key }) => Key)]).toEqual([[{ Prefix: 'c/x/' }], ['c/y']])
    const found: (string | undefined)[] = []
    for await (const page of paginateListObjectsV2({ client, pageSize: 2 }, { Bucket, Delimiter: '/' }))
      found.push(
        ...(page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix),
        ...(page.Contents ?? []).map(({ Key }) => Key),
      )
    expect(new Set(found)).toEqual(new Set(['a', 'a b', 'b/', 'b0', 'c/', 'z<&>"', 'ü']))
    expect(found).toHaveLength(7)
    const later = await client.send(new ListObjectsV2Command({ Bucket, StartAfter: 'b/1', EncodingType: 'url' }))
    expect(later.Contents?.[0]?.Key).toBe('b/2')
    expect((await client.send(new ListObjectsCommand({ Bucket, Marker: 'c/y', MaxKeys: 1 }))).Contents?.[0]?.Key).toBe(
      'z<&>"',
    )
  })

  test('pass 1000 keys in pages', async () => {
    const Bucket = await bucket()
    for (let n = 0; n < 1100; n += 100)
      await Promise.all(Array.from({ length: 100 }, (_, i) => put(Bucket, `k${n + i}`, 'x')))
    let count = 0
    for await (const page of paginateListObjectsV2({ client }, { Bucket })) count += page.KeyCount ?? 0
    expect(count).toBe(1100)
  })
})

test('multipart uploads become one object with the ETag of their parts', async () => {
  const Bucket = await bucket()
  const key = { Bucket, Key: 'big' }
  const parts = [randomBytes(5 * 1024 * 1024), randomBytes(1000)]
  const { UploadId } = await client.send(new CreateMultipartUploadCommand(key))
  const Parts: { PartNumber: number; ETag: string | undefined }[] = []
  for (const [index, Body] of parts.entries()) {
    const { ETag } = await client.send(new UploadPartCommand({ ...key, UploadId, PartNumber: index + 1, Body }))
    Parts.push({ PartNumber: index + 1, ETag })
  }
  expect((await client.send(new ListPartsCommand({ ...key, UploadId }))).Parts).toMatchObject([
    { Size: 5_242_880 },
    { Size: 1000 },
  ])
  expect((await client.send(new ListMultipartUploadsCommand({ Bucket }))).Uploads).toMatchObject([
    { Key: 'big', UploadId },
  ])
  const complete = (Parts: object[]) =>
    client.send(new CompleteMultipartUploadCommand({ ...key, UploadId, MultipartUpload: { Parts } }))
  await expect(complete(Parts.toReversed())).rejects.toMatchObject({ name: 'InvalidPartOrder' })
  expect((await complete(Parts)).ETag).toMatch(/^"[\da-f]{32}-2"$/)
  const got = await client.send(new GetObjectCommand(key))
  expect(Buffer.concat(parts).equals((await got.Body?.transformToByteArray()) ?? Buffer.of())).toBe(true)
  const part = (PartNumber: number) => client.send(new GetObjectCommand({ ...key, PartNumber }))
  const second = await part(2)
  expect(second).toMatchObject({ PartsCount: 2, ContentLength: 1000, ContentRange: 'bytes 5242880-5243879/5243880' })
  expect(Buffer.from((await second.Body?.transformToByteArray()) ?? [])).toEqual(parts[1])
  expect(await client.send(new HeadObjectCommand({ ...key, PartNumber: 1 }))).toMatchObject({
    PartsCount: 2,
    ContentLength: 5_242_880,
  })
  await expect(part(3)).rejects.toMatchObject({ name: 'InvalidPartNumber', $metadata: { httpStatusCode: 416 } })
  await expect(client.send(new GetObjectCommand({ ...key, PartNumber: 1, Range: 'bytes=0-1' }))).rejects.toMatchObject({
    name: 'InvalidRequest',
  })
  await expect(complete(Parts)).rejects.toMatchObject({ name: 'NoSuchUpload' })
  const { UploadId: other } = await client.send(new CreateMultipartUploadCommand(key))
  await client.send(new AbortMultipartUploadCommand({ ...key, UploadId: other }))
  expect((await client.send(new ListMultipartUploadsCommand({ Bucket }))).Uploads ?? []).toEqual([])
})

test('the checksum of an upload in parts is of its bytes or of the checksums of its parts', async () => {
  const Bucket = await bucket()
  const key = { Bucket, Key: 'sums' }
  const parts = [Buffer.alloc(5 * 1024 * 1024, 'a'), Buffer.from('b')]
  const crc = (bytes: Buffer) => {
    const sum = Buffer.alloc(4)
    sum.writeUInt32BE(crc32(bytes))
    return sum
  }
  const uploaded = async (ChecksumType?: 'COMPOSITE' | 'FULL_OBJECT') => {
    const created = await client.send(
      new CreateMultipartUploadCommand({ ...key, ChecksumAlgorithm: 'CRC32', ChecksumType }),
    )
    const { UploadId } = created
    const Parts = await Promise.all(
      parts.map(async (Body, index) => {
        const part = { ...key, UploadId, PartNumber: index + 1, Body, ChecksumAlgorithm: 'CRC32' as const }
        const { ETag, ChecksumCRC32 } = await client.send(new UploadPartCommand(part))
        return { PartNumber: index + 1, ETag, ChecksumCRC32 }
      }),
    )
    return { created, complete: { ...key, UploadId, MultipartUpload: { Parts } } }
  }
  const composite = `${crc(Buffer.concat(parts.map(crc))).toString('base64')}-2`
  const whole = crc(Buffer.concat(parts)).toString('base64')
  for (const [asked, ChecksumType, ChecksumCRC32] of [
    [undefined, 'COMPOSITE', composite],
    ['FULL_OBJECT', 'FULL_OBJECT', whole],
  ] as const) {
    const { created, complete } = await uploaded(asked)
    expect(created).toMatchObject({ ChecksumAlgorithm: 'CRC32', ChecksumType })
    const wrong = new CompleteMultipartUploadCommand({ ...complete, ChecksumCRC32: 'AAAAAA==' })
    await expect(client.send(wrong)).rejects.toMatchObject({ name: 'BadDigest' })
    const right = new CompleteMultipartUploadCommand({ ...complete, ChecksumCRC32 })
    expect(await client.send(right)).toMatchObject({ ChecksumCRC32, ChecksumType })
    const head = new HeadObjectCommand({ ...key, ChecksumMode: 'ENABLED' })
    expect(await client.send(head)).toMatchObject({ ChecksumCRC32, ChecksumType })
  }
  const impossible = { ...key, ChecksumAlgorithm: 'SHA256', ChecksumType: 'FULL_OBJECT' } as const
  await expect(client.send(new CreateMultipartUploadCommand(impossible))).rejects.toMatchObject({
    name: 'InvalidRequest',
    message: 'The FULL_OBJECT checksum type cannot be used with the sha256 checksum algorithm.',
  })
})

test('a multipart upload is refused for its parts or its condition, and can be completed after', async () => {
  const key = { Bucket: await bucket(), Key: 'small' }
  const { UploadId } = await client.send(new CreateMultipartUploadCommand(key))
  const upload = async (PartNumber: number, Body: string) => ({
    PartNumber,
    ETag: (await client.send(new UploadPartCommand({ ...key, UploadId, PartNumber, Body }))).ETag,
  })
  const complete = (Parts: object[], IfNoneMatch?: string) =>
    client.send(new CompleteMultipartUploadCommand({ ...key, UploadId, IfNoneMatch, MultipartUpload: { Parts } }))
  const [first, second] = [await upload(1, 'a'), await upload(2, 'b')]
  await expect(upload(10_001, 'c')).rejects.toMatchObject({
    name: 'InvalidArgument',
    message: 'Part number must be an integer between 1 and 10000, inclusive',
  })
  await expect(complete([first, second])).rejects.toMatchObject({ name: 'EntityTooSmall' })
  await expect(complete([{ ...first, ETag: '"00"' }])).rejects.toMatchObject({ name: 'InvalidPart' })
  await expect(complete([{ ...first, PartNumber: 3 }])).rejects.toMatchObject({ name: 'InvalidPart' })
  await expect(complete([])).rejects.toMatchObject({ name: 'MalformedXML' })
  await put(key.Bucket, key.Key, 'was first')
  await expect(complete([first], '*')).rejects.toMatchObject({ name: 'PreconditionFailed' })
  expect(await get(key.Bucket, key.Key)).toBe('was first')
  await expect(
    client.send(
      new CompleteMultipartUploadCommand({
        ...key,
        UploadId,
        ChecksumCRC64NVME: 'rosUhgp5mIg=',
        MultipartUpload: { Parts: [first] },
      }),
    ),
  ).rejects.toMatchObject({ name: 'BadDigest' })
  expect(await complete([first])).toMatchObject({ ChecksumCRC64NVME: 'jC+ERbTL/Dw=', ChecksumType: 'FULL_OBJECT' })
  expect(await get(key.Bucket, key.Key)).toBe('a')
})

describe('buckets', () => {
  test('keep their settings', async () => {
    const Bucket = await bucket()
    const Rules = [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' as const, KMSMasterKeyID: 'k' } }]
    await client.send(new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration: { Rules } }))
    const encryption = await client.send(new GetBucketEncryptionCommand({ Bucket }))
    expect(encryption.ServerSideEncryptionConfiguration?.Rules).toMatchObject(Rules)
    const block = {
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: false,
    }
    await client.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration: block }))
    expect((await client.send(new GetPublicAccessBlockCommand({ Bucket }))).PublicAccessBlockConfiguration).toEqual(
      block,
    )
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [] })
    await client.send(new PutBucketPolicyCommand({ Bucket, Policy }))
    expect((await client.send(new GetBucketPolicyCommand({ Bucket }))).Policy).toBe(Policy)
    await client.send(new DeleteBucketPolicyCommand({ Bucket }))
    await expect(client.send(new GetBucketPolicyCommand({ Bucket }))).rejects.toMatchObject({
      name: 'NoSuchBucketPolicy',
    })
    const lifecycle = [{ ID: 'r', Status: 'Enabled' as const, Filter: { Prefix: 'log/' }, Expiration: { Days: 30 } }]
    await client.send(
      new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules: lifecycle } }),
    )
    expect((await client.send(new GetBucketLifecycleConfigurationCommand({ Bucket }))).Rules).toEqual(lifecycle)
    const TagSet = [
      { Key: 'a', Value: '1' },
      { Key: 'b', Value: '' },
    ]
    await client.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet } }))
    expect((await client.send(new GetBucketTaggingCommand({ Bucket }))).TagSet).toEqual(TagSet)
    expect((await client.send(new GetBucketVersioningCommand({ Bucket }))).Status).toBeUndefined()
    expect((await client.send(new GetBucketLocationCommand({ Bucket }))).LocationConstraint).toBeUndefined()
    expect((await client.send(new ListBucketsCommand({}))).Buckets?.map(({ Name }) => Name)).toContain(Bucket)
  })

  test('answer for what is not there with the names of S3', async () => {
    const Bucket = await bucket()
    await expect(client.send(new HeadBucketCommand({ Bucket: 'absent' }))).rejects.toMatchObject({ name: 'NotFound' })
    await expect(put('absent', 'k')).rejects.toMatchObject({ name: 'NoSuchBucket' })
    await expect(client.send(new HeadObjectCommand({ Bucket, Key: 'k' }))).rejects.toMatchObject({ name: 'NotFound' })
    await expect(client.send(new CreateBucketCommand({ Bucket }))).rejects.toMatchObject({
      name: 'BucketAlreadyOwnedByYou',
    })
    await put(Bucket, 'k')
    await expect(client.send(new DeleteBucketCommand({ Bucket }))).rejects.toMatchObject({ name: 'BucketNotEmpty' })
  })

  test('refuse names, keys and metadata that S3 would not take, in its words', async () => {
    const Bucket = await bucket()
    const refused = (more: Partial<PutObjectCommandInput>) =>
      expect(client.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x', ...more }))).rejects
    await expect(client.send(new CreateBucketCommand({ Bucket: 'A_B' }))).rejects.toMatchObject({
      name: 'InvalidBucketName',
      message: 'The specified bucket is not valid.',
    })
    await refused({ Key: 'é'.repeat(513) }).toMatchObject({ name: 'KeyTooLongError' })
    await refused({ Metadata: { a: 'x'.repeat(2048) } }).toMatchObject({ name: 'MetadataTooLarge' })
    await refused({ StorageClass: 'COLD' as 'STANDARD' }).toMatchObject({ name: 'InvalidStorageClass' })
    await refused({ StorageClass: 'GLACIER' }).toMatchObject({ name: 'NotImplemented' })
    expect((await client.send(new ListObjectsV2Command({ Bucket }))).Contents).toBeUndefined()
  })

  test('refuse a sub-resource that is not served, and leave the object alone', async () => {
    const Bucket = await bucket()
    await put(Bucket, 'k', 'kept')
    await expect(client.send(new PutObjectAclCommand({ Bucket, Key: 'k', ACL: 'public-read' }))).rejects.toMatchObject({
      name: 'NotImplemented',
    })
    expect(await get(Bucket, 'k')).toBe('kept')
  })
})

test('a bucket with EventBridge on tells of each new version, in a growing order', async () => {
  const Bucket = await bucket(true)
  await put(Bucket, 'silent')
  await client.send(
    new PutBucketNotificationConfigurationCommand({
      Bucket,
      NotificationConfiguration: { EventBridgeConfiguration: {} },
    }),
  )
  expect(await client.send(new GetBucketNotificationConfigurationCommand({ Bucket }))).toMatchObject({
    EventBridgeConfiguration: {},
  })
  events.length = 0
  const { VersionId, ETag } = await put(Bucket, 'raw/flights 1.csv', 'abc')
  await client.send(new CopyObjectCommand({ Bucket, Key: 'copy', CopySource: `${Bucket}/silent` }))
  expect(events).toMatchObject([
    {
      source: 'aws.s3',
      detailType: 'Object Created',
      resources: [`arn:aws:s3:::${Bucket}`],
      detail: {
        bucket: { name: Bucket },
        object: { key: 'raw/flights 1.csv', size: 3, etag: ETag?.replaceAll('"', ''), 'version-id': VersionId },
        reason: 'PutObject',
      },
    },
    { detail: { reason: 'CopyObject' } },
  ])
  const [first, second] = events.map(({ detail }) => (detail['object'] as { sequencer: string }).sequencer)
  expect(first && second && first < second).toBe(true)
})

test('objects outlive the platform', async () => {
  const one = await temporaryPlatform({ services: [s3] })
  const before = new S3Client(one.client)
  await before.send(new CreateBucketCommand({ Bucket: 'kept' }))
  await before.send(new PutObjectCommand({ Bucket: 'kept', Key: 'k', Body: 'still here' }))
  await one.close()
  const two = await temporaryPlatform({ services: [s3], stateDir: one.stateDir })
  const after = new S3Client({ ...two.client, credentials: one.client.credentials })
  const { Body } = await after.send(new GetObjectCommand({ Bucket: 'kept', Key: 'k' }))
  expect(await text(Body as Readable)).toBe('still here')
  await two.end()
})
