import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import { AwsError } from '../errors.ts'
import type { Operation } from '../operation.ts'
import { decodeChunks } from './aws-chunked.ts'
import { checksumAlgorithms, createChecksum } from './checksums.ts'
import type { ChecksumAlgorithm } from './checksums.ts'
import type { Verified } from './verify-signature.ts'

const header = (request: IncomingMessage, name: string) => [request.headers[name]].flat()[0]

const algorithmOf = (headerName: string): ChecksumAlgorithm | undefined =>
  checksumAlgorithms.find((algorithm) => headerName === `x-amz-checksum-${algorithm.toLowerCase()}`)

const announced = (request: IncomingMessage) => {
  const named = [...Object.keys(request.headers), ...(header(request, 'x-amz-trailer') ?? '').split(',')]
  const checksums = named.map((name) => name.trim().toLowerCase()).filter((name) => name.startsWith('x-amz-checksum-'))
  const unknown = checksums.find((name) => !algorithmOf(name) && !/-(mode|type|algorithm)$/.test(name))
  if (unknown) throw new AwsError('NotImplemented', `The checksum ${unknown} is not implemented.`, { status: 501 })
  return new Set(checksums.flatMap((name) => algorithmOf(name) ?? []))
}

/**
 * The payload of an S3 request, decoded. Reading it to its end proves it: an error instead of the end means that length,
 * signed hash, checksum or Content-MD5 do not hold, and that nothing of it may be kept.
 */
export const verifiedPayload = (
  request: IncomingMessage,
  verified: Verified,
  { route }: Pick<Operation, 'route'>,
): Readable => {
  const expected = new Map<ChecksumAlgorithm, string>()
  const algorithms = route?.checksumsOfObject ? new Set<ChecksumAlgorithm>() : announced(request)
  for (const algorithm of algorithms) {
    const value = header(request, `x-amz-checksum-${algorithm.toLowerCase()}`)
    if (value) expected.set(algorithm, value)
  }
  const { payloadHash } = verified
  const streaming = payloadHash.startsWith('STREAMING-')
  const stated = header(request, streaming ? 'x-amz-decoded-content-length' : 'content-length')
  const md5 = header(request, 'content-md5')

  const check = async function* (bytes: AsyncIterable<Uint8Array>) {
    const sha = createHash('sha256')
    const digest = createHash('md5')
    const sums = await Promise.all(
      [...algorithms].map(async (algorithm) => ({ algorithm, sum: await createChecksum(algorithm) })),
    )
    let length = 0
    for await (const part of bytes) {
      length += part.length
      if (/^[\da-f]{64}$/.test(payloadHash)) sha.update(part)
      if (md5) digest.update(part)
      for (const { sum } of sums) sum.update(part)
      yield part
    }
    if (stated !== undefined && Number(stated) !== length)
      throw new AwsError(
        'IncompleteBody',
        `You did not provide the number of bytes specified: ${stated}, got ${length}`,
      )
    if (/^[\da-f]{64}$/.test(payloadHash) && sha.digest('hex') !== payloadHash)
      throw new AwsError('XAmzContentSHA256Mismatch', "The provided 'x-amz-content-sha256' header does not match.")
    if (md5 && digest.digest('base64') !== md5)
      throw new AwsError('BadDigest', 'The Content-MD5 you specified did not match what we received.')
    for (const { algorithm, sum } of sums)
      if (expected.get(algorithm) !== sum.digest())
        throw new AwsError('BadDigest', `The ${algorithm} you specified did not match the calculated checksum.`)
  }
  const bytes = streaming
    ? decodeChunks(request, verified, (name, value) => {
        const algorithm = algorithmOf(name)
        if (algorithm) expected.set(algorithm, value)
      })
    : (request as AsyncIterable<Uint8Array>)
  return Readable.from(check(bytes), { objectMode: false })
}
