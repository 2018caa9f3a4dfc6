import type { IncomingMessage } from 'node:http'
import { failures, RestError } from '../rest-error.ts'

const mostBytes = 16 * 1024 * 1024

/** The whole body of a request. */
export const readBody = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request) {
    const part: Buffer = chunk
    bytes += part.length
    if (bytes > mostBytes) throw new RestError(failures.illegalArgument, `the body is larger than ${mostBytes} bytes`)
    chunks.push(part)
  }
  return Buffer.concat(chunks, bytes)
}
