import type { Readable } from 'node:stream'
import { AwsError } from './errors.ts'

const mostBytes = 128 * 1024 * 1024

/** A whole body in memory; refuses what no API but S3 takes. */
export const readBody = async (stream: Readable): Promise<Buffer> => {
  const parts: Buffer[] = []
  let length = 0
  const pieces: AsyncIterable<Buffer> = stream
  for await (const bytes of pieces) {
    length += bytes.length
    if (length > mostBytes)
      throw new AwsError('RequestEntityTooLargeException', `The body is larger than ${mostBytes} bytes.`, {
        status: 413,
      })
    parts.push(bytes)
  }
  return parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts, length)
}
