import { request } from 'node:https'
import { HopsworksUnreachable, refusal } from '@hopline/hopsworks/errors'
import type { HopsworksSecret } from '@hopline/workflow'

const path = '/0.1.0/ping'

/** Resolves when the vector server answers and accepts the key. Without the vectors' client, which this function needs for nothing else. */
export const pingVectors = ({ vectors, ca, apiKey }: HopsworksSecret, timeoutMs: number): Promise<void> =>
  new Promise((resolve, reject) => {
    const unreachable = (why: string, code: string) =>
      reject(new HopsworksUnreachable(`GET ${path} at ${vectors.host}:${vectors.port}: ${why}`, { code }))
    const sent = request({
      ...vectors,
      path,
      headers: { 'x-api-key': apiKey },
      signal: AbortSignal.timeout(timeoutMs),
      ...(ca === null ? {} : { ca }),
    })
    sent.on('response', (reply) => {
      reply.resume()
      const status = reply.statusCode ?? 0
      if (status === 200) resolve()
      else reject(refusal(`GET ${path}`, { status, method: 'GET', path }))
    })
    sent.on('error', ({ name, message, code }: NodeJS.ErrnoException) => {
      if (name === 'AbortError') unreachable(`no reply within ${timeoutMs} ms`, 'ETIMEDOUT')
      else unreachable(message, code ?? name)
    })
    sent.end()
  })
