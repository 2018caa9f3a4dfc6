import { createHash, createHmac } from 'node:crypto'
import { Agent, request } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'

/** Where requests go, and what signs them. */
export interface Target {
  readonly endpoint: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

export interface RawRequest {
  readonly service: string
  readonly method: 'GET' | 'PUT' | 'POST'
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  /** Bytes, or a stream of `length` bytes whose hash is not signed. */
  readonly body?: Buffer | { readonly stream: () => Readable; readonly length: number }
}

const region = 'us-east-1'
const sha256 = (data: Buffer | string) => createHash('sha256').update(data).digest('hex')
const hmac = (key: Buffer | string, text: string) => createHmac('sha256', key).update(text).digest()

/** An HTTP client with kept connections and Signature Version 4, and nothing else that could take time. */
export const rawClient = ({ endpoint, accessKeyId, secretAccessKey }: Target) => {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 })
  const { host } = new URL(endpoint)
  const keys = new Map<string, Buffer>()
  const signingKey = (day: string, service: string) => {
    const name = `${day}/${service}`
    const kept =
      keys.get(name) ?? hmac(hmac(hmac(hmac(`AWS4${secretAccessKey}`, day), region), service), 'aws4_request')
    keys.set(name, kept)
    return kept
  }

  const signed = ({ service, method, path, headers = {}, body }: RawRequest) => {
    const time = new Date().toISOString().replaceAll(/[-:]|\.\d+/g, '')
    const payload = Buffer.isBuffer(body) || body === undefined ? sha256(body ?? '') : 'UNSIGNED-PAYLOAD'
    const all: Record<string, string> = { host, 'x-amz-content-sha256': payload, 'x-amz-date': time, ...headers }
    const names = Object.keys(all).toSorted()
    const lines = names.map((name) => `${name}:${all[name]}`)
    const canonical = [method, path, '', ...lines, '', names.join(';'), payload].join('\n')
    const scope = `${time.slice(0, 8)}/${region}/${service}/aws4_request`
    const text = ['AWS4-HMAC-SHA256', time, scope, sha256(canonical)].join('\n')
    const signature = hmac(signingKey(time.slice(0, 8), service), text).toString('hex')
    const credential = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}`
    return { ...all, authorization: `${credential}, SignedHeaders=${names.join(';')}, Signature=${signature}` }
  }

  /** The reply, of a request that was answered with 2xx; its body is still to be read. */
  const open = (asked: RawRequest): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      const { method, path, body } = asked
      const length = body === undefined ? 0 : body.length
      const headers = { ...signed(asked), 'content-length': String(length) }
      const sent = request(`${endpoint}${path}`, { method, headers, agent }, (reply) => {
        if ((reply.statusCode ?? 500) < 300) resolve(reply)
        else {
          void buffer(reply).then((text) =>
            reject(new Error(`${method} ${path}: ${reply.statusCode} ${text.toString()}`)),
          )
        }
      })
      sent.on('error', reject)
      if (body === undefined || Buffer.isBuffer(body)) sent.end(body)
      else body.stream().pipe(sent)
    })

  return {
    open,
    send: async (asked: RawRequest): Promise<Buffer> => buffer(await open(asked)),
    close: () => agent.destroy(),
  }
}

export type RawClient = ReturnType<typeof rawClient>
