import { connect as connectTcp, isIP } from 'node:net'
import type { Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { HopsworksKafkaError } from '../../errors.ts'
import type { Api } from './api.ts'
import { int16, int32, string } from './wire.ts'

/** Certificates of a TLS connection, PEM; they stay in memory. */
export interface Tls {
  readonly ca?: string
  readonly cert?: string
  readonly key?: string
  /** Whether the broker's certificate must name its host. The chain is always verified. */
  readonly verifyHost: boolean
}

export interface Broker {
  readonly host: string
  readonly port: number
}

export const addressOf = ({ host, port }: Broker): string => `${host.includes(':') ? `[${host}]` : host}:${port}`

interface Pending {
  readonly resolve: (reply: Buffer) => void
  readonly reject: (error: Error) => void
  readonly timer: NodeJS.Timeout
}

/** A socket to one broker: requests are pipelined, replies matched by correlation id. Once broken it stays broken. */
export class Connection {
  readonly #socket: Socket
  readonly #address: string
  readonly #timeoutMs: number
  readonly #pending = new Map<number, Pending>()
  #chunks: Buffer[] = []
  #received = 0
  #correlation = 0
  #failure: HopsworksKafkaError | undefined

  private constructor(socket: Socket, address: string, timeoutMs: number) {
    this.#socket = socket
    this.#address = address
    this.#timeoutMs = timeoutMs
    socket.setNoDelay(true)
    socket.on('data', (chunk: Buffer) => this.#receive(chunk))
    socket.on('error', (error: NodeJS.ErrnoException) => this.#fail(error.message, error.code ?? null))
    socket.on('close', () => this.#fail('connection closed', 'ECONNRESET'))
  }

  /** Connects in plain text without `tls`. */
  static open({ host, port }: Broker, tls: Tls | null, timeoutMs: number): Promise<Connection> {
    const address = addressOf({ host, port })
    return new Promise((resolve, reject) => {
      const socket = tls === null ? connectTcp({ host, port }) : connectTls(tlsOptions(host, port, tls))
      const refuse = (message: string, code: string | null) => {
        socket.destroy()
        reject(new HopsworksKafkaError(`Kafka broker ${address}: ${message}`, { code, retryable: true }))
      }
      const onError = (error: NodeJS.ErrnoException) => refuse(error.message, error.code ?? null)
      socket.setTimeout(timeoutMs, () => refuse(`no connection within ${timeoutMs} ms`, 'ETIMEDOUT'))
      socket.once('error', onError)
      socket.once(tls === null ? 'connect' : 'secureConnect', () => {
        socket.setTimeout(0)
        socket.off('error', onError)
        resolve(new Connection(socket, address, timeoutMs))
      })
    })
  }

  get broken(): boolean {
    return this.#failure !== undefined
  }

  /** Sends a request whose body is the parts in a row, and resolves to the body of the reply. */
  request(api: Api, parts: readonly Buffer[]): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      if (this.#failure) return reject(this.#failure)
      const id = (this.#correlation += 1)
      const timer = setTimeout(
        () => this.#fail(`no reply to ${api.name} within ${this.#timeoutMs} ms`, 'ETIMEDOUT'),
        this.#timeoutMs,
      )
      this.#pending.set(id, { resolve, reject, timer })
      const header = Buffer.concat([int16(api.key), int16(api.version), int32(id), string('hopline')])
      const length = parts.reduce((sum, part) => sum + part.length, header.length)
      this.#socket.cork()
      this.#socket.write(Buffer.concat([int32(length), header]))
      for (const part of parts) this.#socket.write(part)
      this.#socket.uncork()
    })
  }

  close(): void {
    this.#fail('connection closed', null)
  }

  #receive(chunk: Buffer): void {
    this.#chunks.push(chunk)
    this.#received += chunk.length
    while (this.#received >= 4) {
      const bytes = this.#chunks.length === 1 ? this.#chunks[0]! : Buffer.concat(this.#chunks)
      this.#chunks = [bytes]
      const length = bytes.readInt32BE(0)
      if (bytes.length < 4 + length) return
      this.#settle(bytes.readInt32BE(4), bytes.subarray(8, 4 + length))
      this.#chunks = [bytes.subarray(4 + length)]
      this.#received = bytes.length - 4 - length
    }
  }

  #settle(id: number, reply: Buffer): void {
    const pending = this.#pending.get(id)
    if (!pending) return
    this.#pending.delete(id)
    clearTimeout(pending.timer)
    pending.resolve(reply)
  }

  #fail(message: string, code: string | null): void {
    this.#failure ??= new HopsworksKafkaError(`Kafka broker ${this.#address}: ${message}`, { code, retryable: true })
    this.#socket.destroy()
    for (const { reject, timer } of this.#pending.values()) {
      clearTimeout(timer)
      reject(this.#failure)
    }
    this.#pending.clear()
  }
}

const tlsOptions = (host: string, port: number, { verifyHost, ...pems }: Tls) => ({
  host,
  port,
  ...pems,
  ...(isIP(host) ? {} : { servername: host }),
  ...(verifyHost ? {} : { checkServerIdentity: () => undefined }),
})
