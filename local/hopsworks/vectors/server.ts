import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Server } from 'node:https'
import { createServer } from 'node:https'
import type { Keys } from '../keys.ts'
import { log } from '../log.ts'
import type { Certificates } from '../tls/authority.ts'
import type { FeatureServer } from './feature-server.ts'
import { VectorError, vectorFailures } from './vector-error.ts'

const mostBytes = 4 * 1024 * 1024

interface Reply {
  readonly status: number
  readonly body: string
  readonly type?: string
}

/** What is wrong with the key of a request, in the plain text of the feature server; undefined when nothing is. */
const refused = (keys: Keys, key: string | string[] | undefined): Reply | undefined => {
  if (typeof key !== 'string' || key === '') return { status: 400, body: 'the apikey is nil' }
  if (!/^[^.]{16}\..+$/.test(key)) return { status: 400, body: 'the apikey has an incorrect format' }
  const found = keys.find(key)
  if (!found) return { status: 401, body: 'unauthorized: bad API key - not found in database' }
  return found.scopes.has('featurestore')
    ? undefined
    : { status: 401, body: 'unauthorized: no access to feature store' }
}

const read = (request: IncomingMessage): Promise<string> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let bytes = 0
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes <= mostBytes) chunks.push(chunk)
    })
    request.once('error', () => reject(new VectorError(vectorFailures.badInput, 'the body ends too early')))
    request.once('end', () => {
      if (bytes <= mostBytes) resolve(Buffer.concat(chunks).toString('utf8'))
      else reject(new VectorError(vectorFailures.badInput, `the body is larger than ${mostBytes} bytes`))
    })
  })

/** RonDB's REST feature server over TLS. */
export const vectorServer = (options: { certificates: Certificates; keys: Keys; features: FeatureServer }): Server => {
  const { certificates, keys, features } = options

  const answer = async (request: IncomingMessage): Promise<Reply> => {
    const stop = refused(keys, request.headers['x-api-key'])
    if (stop) return stop
    const call = `${request.method} ${request.url}`
    const type = 'application/json'
    switch (call) {
      case 'GET /0.1.0/ping':
      case 'GET /0.1.0/health':
        return { status: 200, body: call.endsWith('ping') ? '' : '0' }
      case 'POST /0.1.0/feature_store':
        return { status: 200, body: features.one(await read(request)), type }
      case 'POST /0.1.0/batch_feature_store':
        return { status: 200, body: features.batch(await read(request)), type }
      default:
        log('warn', 'gap', { protocol: 'vectors', call })
        return { status: 404, body: 'the local feature server does not know this request' }
    }
  }

  const failed = (error: unknown): Reply => {
    if (error instanceof VectorError) {
      const { code, reason, message, status } = error
      return { status, body: JSON.stringify({ code, reason, message }), type: 'application/json' }
    }
    log('error', 'vectors.failed', { reason: error instanceof Error ? error.stack : String(error) })
    return failed(new VectorError(vectorFailures.readFailed, 'see the log'))
  }

  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const { status, body, type = 'text/plain' } = await answer(request).catch(failed)
    response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) }).end(body)
  }

  const { certificate: cert, key } = certificates.server
  return createServer({ cert, key, keepAliveTimeout: 60_000 }, (request, response) => void serve(request, response))
}
