import { createHash } from 'node:crypto'
import { AwsError } from '../errors.ts'
import { hmac, sha256 } from './canonical-request.ts'
import type { Verified } from './verify-signature.ts'

/** Reads lines and counted bytes from a stream. */
const reader = (source: AsyncIterable<Uint8Array>) => {
  const parts = source[Symbol.asyncIterator]()
  let held = Buffer.alloc(0)
  const more = async () => {
    const next = await parts.next()
    if (next.done) throw new AwsError('IncompleteBody', 'The request body terminated unexpectedly')
    held = held.length === 0 ? Buffer.from(next.value) : Buffer.concat([held, next.value])
  }
  return {
    line: async () => {
      let end: number
      while ((end = held.indexOf('\r\n')) < 0) {
        if (held.length > 16_384) throw new AwsError('InvalidRequest', 'A line of the chunked body is too long.')
        await more()
      }
      const line = held.toString('latin1', 0, end)
      held = held.subarray(end + 2)
      return line
    },
    bytes: async function* (this: void, count: number) {
      for (let left = count; left > 0;) {
        if (held.length === 0) await more()
        const piece = held.subarray(0, left)
        held = held.subarray(piece.length)
        left -= piece.length
        yield piece
      }
    },
  }
}

const mismatch = () =>
  new AwsError('SignatureDoesNotMatch', 'The chunk signature we calculated does not match the one you provided.', {
    status: 403,
  })

/** Decodes `aws-chunked`; verifies each chunk's signature when they are signed; hands the trailers to `onTrailer`. */
export const decodeChunks = async function* (
  source: AsyncIterable<Uint8Array>,
  { payloadHash, derivedKey, amzDate, scope, signature }: Verified,
  onTrailer: (name: string, value: string) => void,
): AsyncGenerator<Uint8Array> {
  const signed = payloadHash.startsWith('STREAMING-AWS4-HMAC-SHA256-PAYLOAD')
  const { line, bytes } = reader(source)
  let previous = signature
  const next = (kind: string, ...hashes: string[]) =>
    (previous = hmac(derivedKey, [kind, amzDate, scope, previous, ...hashes].join('\n')).toString('hex'))

  for (;;) {
    const [size = '', ...extensions] = (await line()).split(';')
    if (!/^[\da-f]+$/i.test(size)) throw new AwsError('InvalidRequest', 'The chunked body has no chunk size.')
    const length = Number.parseInt(size, 16)
    const content = createHash('sha256')
    for await (const piece of bytes(length)) {
      content.update(piece)
      yield piece
    }
    if (signed) {
      const given = extensions.find((each) => each.startsWith('chunk-signature='))?.slice(16)
      if (given !== next('AWS4-HMAC-SHA256-PAYLOAD', sha256(''), content.digest('hex'))) throw mismatch()
    }
    if (length === 0) break
    await line()
  }

  let trailers = ''
  while (payloadHash.endsWith('-TRAILER')) {
    const text = await line()
    if (text === '') break
    const [name = '', value = ''] = text.split(/:(.*)/s).map((part) => part.trim())
    if (name === 'x-amz-trailer-signature') {
      if (signed && value !== next('AWS4-HMAC-SHA256-TRAILER', sha256(trailers))) throw mismatch()
      break
    }
    trailers += `${name}:${value}\n`
    onTrailer(name.toLowerCase(), value)
  }
}
