import type { IncomingMessage } from 'node:http'
import { failures, RestError } from '../rest-error.ts'

const mostBytes = 16 * 1024 * 1024

/** The whole body of a request. */
export const readBody = (request: IncomingMessage): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const refuse = (why: string) => reject(new RestError(failures.illegalArgument, why))
    const chunks: Buffer[] = []
    let bytes = 0
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes <= mostBytes) chunks.push(chunk)
    })
    request.once('error', () => refuse('the body ends too early'))
    request.once('end', () => {
      if (bytes <= mostBytes) resolve(Buffer.concat(chunks, bytes))
      else refuse(`the body is larger than ${mostBytes} bytes`)
    })
  })
