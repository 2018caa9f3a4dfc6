import type { IncomingHttpHeaders } from 'node:http'
import { Agent, request } from 'node:http'
import { buffer } from 'node:stream/consumers'

export interface ContainerRequest {
  readonly port: number
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Uint8Array
  readonly timeoutMs: number
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

/** One request to a container on this machine; rejects with {@link ContainerTimeout} when it takes longer than `timeoutMs`. */
export const askContainer = ({ timeoutMs, body, headers, ...target }: ContainerRequest) =>
  new Promise<ContainerAnswer>((resolve, reject) => {
    const timer = setTimeout(
      () => sent.destroy(new ContainerTimeout('The container did not answer in time')),
      timeoutMs,
    )
    const fail = (error: Error) => {
      clearTimeout(timer)
      reject(error)
    }
    const length = body ? { 'content-length': String(body.byteLength) } : {}
    const sent = request({ ...target, host: '127.0.0.1', agent, headers: { ...headers, ...length } }, (answer) => {
      buffer(answer).then((content) => {
        clearTimeout(timer)
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: content })
      }, fail)
    })
    sent.on('error', fail)
    sent.end(body)
  })
