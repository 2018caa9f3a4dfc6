import { createServer } from 'node:https'
import type { IncomingHttpHeaders } from 'node:http'
import { listen } from './listen.ts'
import { certificate, privateKey } from './loopback-certificate.ts'

export interface Received {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

export interface Reply {
  readonly status?: number
  readonly headers?: Record<string, string>
  /** An object is sent as JSON. */
  readonly body?: unknown
  /** Close the socket instead of answering. */
  readonly hangUp?: true
  /** Close the socket after this body, which the headers say goes on. */
  readonly cutShort?: true
}

export interface HttpsServer {
  readonly url: string
  readonly port: number
  /** All requests so far, in their order. */
  readonly received: Received[]
  close(): Promise<void>
}

/** An https server on a loopback port whose answers the test writes. */
export async function httpsServer(answer: (request: Received) => Reply | Promise<Reply>): Promise<HttpsServer> {
  const received: Received[] = []
  const server = createServer({ cert: certificate, key: privateKey }, (request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'https://localhost')
      const seen: Received = {
        method: request.method ?? '',
        path: url.pathname,
        query: url.searchParams,
        headers: request.headers,
        body: Buffer.concat(chunks).toString(),
      }
      received.push(seen)
      void Promise.resolve(answer(seen)).then(({ status = 200, headers = {}, body = '', hangUp, cutShort }) => {
        if (hangUp) return response.destroy()
        const text = typeof body === 'string' ? body : JSON.stringify(body)
        if (!cutShort) return response.writeHead(status, headers).end(text)
        response.writeHead(status, { ...headers, 'content-length': text.length + 1 })
        return response.write(text, () => response.destroy())
      })
    })
  })
  const port = await listen(server)
  return {
    url: `https://127.0.0.1:${port}`,
    port,
    received,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
