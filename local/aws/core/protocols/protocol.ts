import type { IncomingHttpHeaders } from 'node:http'
import type { Readable } from 'node:stream'
import type { AwsError } from '../errors.ts'
import type { Operation } from '../operation.ts'

/** A request whose operation is known and whose body, unless it is a stream, has been read. */
export interface Received {
  readonly url: string
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
  /** What the path's `{Name}` segments hold. */
  readonly labels: Readonly<Record<string, string>>
}

/** What the reply is about. */
export interface Exchange {
  readonly requestId: string
  readonly service: string
  readonly name: string
  readonly method: string
  readonly url: string
}

export interface Wire {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array | Readable
}

/** How one family of services writes requests, replies and errors. */
export interface Protocol {
  /** The input's members as the wire names them; throws AwsError when the body cannot be read. */
  input(received: Received, operation: Operation): unknown
  reply(output: unknown, exchange: Exchange, operation: Operation): Wire
  refuse(error: AwsError, exchange: Exchange): Wire
  /** The code for an operation that does not exist. */
  unknown(exchange: Exchange): AwsError
  /** The code for an input that does not fit. */
  readonly invalid: string
}
