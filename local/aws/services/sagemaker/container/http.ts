import type { IncomingHttpHeaders } from 'node:http'
import { Agent, request } from 'node:http'
import { buffer } from 'node:stream/consumers'

export interface ContainerRequest {
  readonly port: number
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Uint8Array
  /** Breaks the request off; its reason is what the caller sees. */
  readonly signal: AbortSignal
}

export interface ContainerAnswer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

/** The container took longer than it may. */
export class ContainerTimeout extends Error {
  override readonly name = 'ContainerTimeout'
}

const agent = new Agent({ keepAlive: true, scheduling: 'lifo' })

/** One request to a container on this machine. */
export const askContainer = ({ body, headers, ...target }: ContainerRequest) =>
  new Promise<ContainerAnswer>((resolve, reject) => {
    const { signal } = target
    const fail = (error: Error) => reject(signal.aborted ? signal.reason : error)
    const length = body ? { 'content-length': String(body.byteLength) } : {}
    const sent = request({ ...target, host: '127.0.0.1', agent, headers: { ...headers, ...length } }, (answer) => {
      buffer(answer).then(
        (content) => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: content }),
        fail,
      )
    })
    sent.on('error', fail)
    sent.end(body)
  })
