import { createHmac, createSecretKey, hash } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { Pool } from 'undici'

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
const sha256 = (data: Buffer | string) => hash('sha256', data)
const hmac = (key: KeyObject, text: string) => createHmac('sha256', key).update(text).digest()

/** An HTTP client with kept connections and Signature Version 4, and nothing else that could take time. */
export const rawClient = ({ endpoint, accessKeyId, secretAccessKey }: Target) => {
  const pool = new Pool(endpoint, { connections: 64 })
  const { host } = new URL(endpoint)
  const keys = new Map<string, KeyObject>()
  const signingKey = (day: string, service: string) => {
    const name = `${day}/${service}`
    const key =
      keys.get(name) ??
      [day, region, service, 'aws4_request'].reduce(
        (outer, part) => createSecretKey(hmac(outer, part)),
        createSecretKey(`AWS4${secretAccessKey}`, 'utf8'),
      )
    keys.set(name, key)
    return key
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

  /** The reply's body, of a request that was answered with 2xx. */
  const open = async (asked: RawRequest): Promise<Readable> => {
    const { method, path, body } = asked
    const bytes = Buffer.isBuffer(body) || body === undefined
    const { statusCode, body: reply } = await pool.request({
      method,
      path,
      headers: { ...signed(asked), 'content-length': String(body?.length ?? 0) },
      body: bytes ? (body ?? null) : body.stream(),
    })
    if (statusCode >= 300) throw new Error(`${method} ${path}: ${statusCode} ${await reply.text()}`)
    return reply
  }

  return {
    open,
    send: async (asked: RawRequest): Promise<Buffer> => buffer(await open(asked)),
    close: () => pool.destroy(),
  }
}

export type RawClient = ReturnType<typeof rawClient>
