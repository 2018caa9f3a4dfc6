import type { Server, Socket } from 'node:net'
import { createServer as createPlainServer } from 'node:net'
import { createServer, TLSSocket } from 'node:tls'
import { log } from '../log.ts'
import type { Certificates } from '../tls/authority.ts'
import type { Exchange } from './api.ts'
import { apiVersions, apis, refuseApiVersions } from './api-versions.ts'
import { Frames } from './frames.ts'
import type { KafkaSecurity } from './security.ts'
import type { Topics } from './topics.ts'
import { MalformedFrame, WireReader } from './wire-reader.ts'
import { WireWriter } from './wire-writer.ts'

export interface KafkaOptions {
  readonly security: KafkaSecurity
  readonly certificates: Certificates
  readonly topics: Topics
  /** The certificate names that may produce; without certificates everyone may. */
  readonly producers: ReadonlySet<string>
  readonly broker: { readonly host: string; port: number }
}

/** A server that, like those of HTTP, can end what is connected. */
export type KafkaListener = Server & { closeAllConnections: () => void }

const framed = (correlation: number, tags: boolean, body: Buffer): Buffer => {
  const head = Buffer.alloc(tags ? 9 : 8)
  head.writeInt32BE(head.length - 4 + body.length, 0)
  head.writeInt32BE(correlation, 4)
  return Buffer.concat([head, body])
}

/** Answers one request frame; null when the client asked for no answer. */
const answer = async (frame: Buffer, context: Pick<Exchange, 'topics' | 'user' | 'mayProduce' | 'broker'>) => {
  const request = new WireReader(frame)
  const [key, version, correlation] = [request.int16(), request.int16(), request.int32()]
  const api = apis.get(key)
  if (!api || version < api.min || version > api.max) {
    if (key === apiVersions.key) return framed(correlation, false, refuseApiVersions(new WireWriter()).finish())
    log('warn', 'gap', { protocol: 'kafka', key, version, name: api?.name })
    throw new MalformedFrame(`request ${key} version ${version} is not spoken`)
  }
  request.nullableString() // client id, never compact
  request.flexible = version >= api.flexibleFrom
  request.tags()
  const response = new WireWriter(request.flexible)
  const silent = (await api.answer({ ...context, version, request, response })) === false
  return silent ? null : framed(correlation, request.flexible && api !== apiVersions, response.finish())
}

/** Whose certificate a client has shown; undefined for one that speaks in the clear. */
const userOf = (socket: Socket): string | undefined => {
  if (!(socket instanceof TLSSocket)) return undefined
  const { CN } = socket.getPeerCertificate().subject
  return (Array.isArray(CN) ? CN[0] : CN) ?? ''
}

const mutualTls = ({ authority, server }: Certificates) =>
  createServer({
    ca: authority,
    cert: server.certificate,
    key: server.key,
    requestCert: true,
    rejectUnauthorized: true,
    minVersion: 'TLSv1.2',
  })

/**
 * Speaks Kafka to clients with a certificate of the project, or to everyone in the clear. What a client sends wrong ends
 * its connection.
 */
export const kafkaListener = ({ security, certificates, topics, producers, broker }: KafkaOptions): KafkaListener => {
  const serve = (socket: Socket) => {
    const known = userOf(socket)
    const user = known ?? 'ANONYMOUS'
    const context = { topics, broker, user, mayProduce: known === undefined || producers.has(known) }
    const frames = new Frames()
    let turn = Promise.resolve()
    const end = (error: unknown) => {
      if (!socket.destroyed) log('warn', 'kafka.closed', { user, reason: String(error) })
      socket.destroy()
    }
    const handle = async (frame: Buffer) => {
      if (socket.destroyed) return
      const reply = await answer(frame, context)
      if (reply && !socket.write(reply)) socket.pause()
    }
    socket.setNoDelay(true)
    socket.on('drain', () => socket.resume())
    socket.on('error', end)
    socket.on('data', (chunk: Buffer) => {
      try {
        for (const frame of frames.take(chunk)) turn = turn.then(() => handle(frame)).catch(end)
      } catch (error) {
        end(error)
      }
    })
  }
  const tls = security === 'SSL'
  const server: Server = tls ? mutualTls(certificates) : createPlainServer()
  const sockets = new Set<Socket>()
  server.on(tls ? 'secureConnection' : 'connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    serve(socket)
  })
  server.on('tlsClientError', (error: Error) => log('warn', 'kafka.refused', { reason: error.message }))
  const closeAllConnections = () => {
    for (const socket of sockets) socket.destroy()
  }
  return Object.assign(server, { closeAllConnections })
}
