import { request } from 'node:http'
import type { Server } from 'node:http'
import { constants, createServer } from 'node:http2'
import type { IncomingHttpHeaders, ServerHttp2Stream } from 'node:http2'
import type { Socket } from 'node:net'

/** How a client begins that speaks HTTP/2 without asking, as the SDK's Kinesis client does even without TLS. */
const preface = 'PRI * HTTP/2.0\r\n'

/** Headers of a connection; HTTP/2 has none (RFC 9113, 8.2.2). */
const ofConnection = new Set(['connection', 'keep-alive', 'transfer-encoding', 'upgrade', 'proxy-connection'])

const forward = (
  stream: ServerHttp2Stream,
  { ':method': method, ':path': path, ...headers }: IncomingHttpHeaders,
  port: number,
) => {
  const host = headers[':authority']
  const plain = Object.entries(headers).filter(([name]) => !name.startsWith(':'))
  const inner = request({
    host: '127.0.0.1',
    port,
    method,
    path,
    headers: { ...Object.fromEntries(plain), ...(host !== undefined && { host }) },
  })
  inner.on('response', (reply) => {
    const outer = Object.entries(reply.headers).filter(([name]) => !ofConnection.has(name))
    stream.respond({ ':status': reply.statusCode, ...Object.fromEntries(outer) })
    reply.pipe(stream)
  })
  inner.on('error', () => stream.close(constants.NGHTTP2_INTERNAL_ERROR))
  stream.on('error', () => inner.destroy())
  stream.on('close', () => inner.destroy())
  stream.pipe(inner)
}

/** Lets an HTTP/1.1 server take HTTP/2 on the same port: each stream becomes a request to itself. */
export const takeHttp2 = (server: Server): void => {
  const second = createServer()
  const sessions = new Set<{ destroy(): void }>()
  second.on('session', (session) => {
    sessions.add(session)
    session.once('close', () => sessions.delete(session))
  })
  second.on('stream', (stream, headers) => {
    const address = server.address()
    forward(stream, headers, typeof address === 'object' && address ? address.port : 0)
  })
  const first = server.listeners('connection')
  /** Those that have not said a word yet: nobody else knows them. */
  const silent = new Set<Socket>()
  server.removeAllListeners('connection')
  server.on('connection', (socket: Socket) => {
    silent.add(socket)
    socket.once('error', () => socket.destroy())
    socket.once('close', () => silent.delete(socket))
    const left = () => socket.destroy()
    socket.once('end', left)
    socket.once('data', (chunk: Buffer) => {
      silent.delete(socket)
      socket.off('end', left)
      socket.pause()
      socket.unshift(chunk)
      if (chunk.subarray(0, preface.length).toString('latin1') === preface) second.emit('connection', socket)
      else for (const listener of first) listener.call(server, socket)
      process.nextTick(() => socket.resume())
    })
  })
  const closeAll = server.closeAllConnections.bind(server)
  server.closeAllConnections = () => {
    closeAll()
    for (const socket of silent) socket.destroy()
    for (const session of sessions) session.destroy()
  }
}
