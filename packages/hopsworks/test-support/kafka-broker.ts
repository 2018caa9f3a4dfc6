import { createServer as createTcp } from 'node:net'
import type { Socket } from 'node:net'
import { createServer as createTls } from 'node:tls'
import { listen } from './listen.ts'
import { certificate, privateKey } from './loopback-certificate.ts'

export interface Produced {
  readonly topic: string
  readonly partition: number
  readonly acks: number
  /** One record batch, as it came. */
  readonly batch: Buffer
}

export interface KafkaBroker {
  readonly address: string
  readonly produced: Produced[]
  /** How often the metadata were read. */
  metadataReads: number
  close(): Promise<void>
}

export interface BrokerSettings {
  readonly partitions?: number
  /** Require a client certificate. */
  readonly mutualTls?: boolean
  /** Error code for the n-th produce request, 0 for success, 'hang up' to close the socket. */
  readonly produce?: (count: number) => number | 'hang up'
  /** The highest Produce version on offer; 12 by default. */
  readonly produceVersion?: number
}

/** A broker with one node that knows three requests, in the versions that the client asks for. */
export async function kafkaBroker(settings: BrokerSettings = {}): Promise<KafkaBroker> {
  const { partitions = 1, mutualTls = false, produce = () => 0, produceVersion = 12 } = settings
  const sockets = new Set<Socket>()
  const accept = (socket: Socket) => {
    sockets.add(socket)
    let bytes = Buffer.alloc(0)
    socket.on('error', () => undefined)
    socket.on('data', (chunk: Buffer) => {
      bytes = Buffer.concat([bytes, chunk])
      while (bytes.length >= 4 && bytes.length >= 4 + bytes.readInt32BE(0)) {
        const request = bytes.subarray(4, 4 + bytes.readInt32BE(0))
        bytes = bytes.subarray(4 + request.length)
        const reply = answer(request)
        if (reply === undefined) return socket.destroy()
        const correlation = request.subarray(4, 8)
        socket.write(Buffer.concat([int32(reply.length + 4), correlation, reply]))
      }
      return undefined
    })
  }
  const server = mutualTls
    ? createTls(
        { cert: certificate, key: privateKey, ca: certificate, requestCert: true, rejectUnauthorized: true },
        accept,
      )
    : createTcp(accept)
  server.on('tlsClientError', () => undefined)
  const port = await listen(server)

  function answer(request: Buffer): Buffer | undefined {
    const api = request.readInt16BE(0)
    const body = request.subarray(10 + request.readInt16BE(8))
    if (api === 18) {
      const ranges = [
        [0, 3, produceVersion],
        [3, 0, 13],
        [18, 0, 4],
      ]
        .flat()
        .map(int16)
      return Buffer.concat([int16(0), int32(3), ...ranges])
    }
    if (api === 3) {
      broker.metadataReads += 1
      const leaders = Array.from({ length: partitions }, (_, index) =>
        Buffer.concat([int16(0), int32(index), int32(7), ints([7]), ints([7]), ints([])]),
      )
      return Buffer.concat([
        int32(0),
        int32(1),
        int32(7),
        text('127.0.0.1'),
        int32(port),
        int16(-1),
        int16(-1),
        int32(7),
        int32(1),
        int16(0),
        text('demo_onlinefs'),
        Buffer.from([0]),
        int32(partitions),
        ...leaders,
      ])
    }
    let at = 2 // no transactional id
    const acks = body.readInt16BE(at)
    at += 2 + 4 + 4
    const topicBytes = body.readInt16BE(at)
    const topic = body.toString('utf8', at + 2, at + 2 + topicBytes)
    at += 2 + topicBytes + 4
    const partition = body.readInt32BE(at)
    const batch = Buffer.from(body.subarray(at + 8, at + 8 + body.readInt32BE(at + 4)))
    tries += 1
    const error = produce(tries)
    if (error === 'hang up') return undefined
    if (error === 0) broker.produced.push({ topic, partition, acks, batch })
    return Buffer.concat([int32(1), text(topic), int32(1), int32(partition), int16(error), Buffer.alloc(24), int32(0)])
  }

  let tries = 0
  const broker: KafkaBroker = {
    address: `127.0.0.1:${port}`,
    produced: [],
    metadataReads: 0,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      }),
  }
  return broker
}

const int16 = (value: number): Buffer => Buffer.from([(value >> 8) & 255, value & 255])
function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32BE(value)
  return bytes
}
const ints = (values: number[]): Buffer => Buffer.concat([int32(values.length), ...values.map(int32)])
const text = (value: string): Buffer => Buffer.concat([int16(value.length), Buffer.from(value)])
