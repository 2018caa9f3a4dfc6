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
  /** Producer ids that were given out. */
  identities: number
  /** Batches that came again, and were not taken again. */
  duplicates: number
  readonly mechanisms: string[]
  close(): Promise<void>
}

export interface BrokerSettings {
  readonly partitions?: number
  /** Require a client certificate. */
  readonly mutualTls?: boolean
  /**
   * Error code for the n-th produce request, 0 for success, 'hang up' to close the socket, 'lose the reply' to do so
   * after the batch was taken, 'say nothing' to keep it open.
   */
  readonly produce?: (count: number, batch: Buffer) => number | 'hang up' | 'lose the reply' | 'say nothing'
  /** The highest Produce version on offer; 12 by default. */
  readonly produceVersion?: number
  /** Error code for each request of a producer id; 0 by default. */
  readonly identify?: number
  /** Answers a message of SASL: what to say next, or undefined to refuse. */
  readonly sasl?: (message: string, count: number) => string | undefined
}

/** A broker with one node that knows what a producer asks, in the versions that the client speaks. */
export async function kafkaBroker(settings: BrokerSettings = {}): Promise<KafkaBroker> {
  const { partitions = 1, mutualTls = false, produce = () => 0, produceVersion = 12, identify = 0 } = settings
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
        if (reply === 'nothing') continue
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

  function answer(request: Buffer): Buffer | 'nothing' | undefined {
    const api = request.readInt16BE(0)
    const body = request.subarray(10 + request.readInt16BE(8))
    if (api === 18) {
      const ranges = [
        [0, 3, produceVersion],
        [3, 0, 13],
        [17, 0, 1],
        [18, 0, 4],
        [22, 0, 4],
        [36, 0, 2],
      ]
      return Buffer.concat([int16(0), int32(ranges.length), ...ranges.flat().map(int16)])
    }
    if (api === 17) {
      broker.mechanisms.push(body.toString('utf8', 2))
      return Buffer.concat([int16(settings.sasl ? 0 : 33), int32(0)])
    }
    if (api === 36) {
      saslMessages += 1
      const next = settings.sasl?.(body.toString('utf8', 4), saslMessages)
      if (next === undefined) return Buffer.concat([int16(58), text('Authentication failed'), int32(0)])
      return Buffer.concat([int16(0), int16(-1), int32(Buffer.byteLength(next)), Buffer.from(next)])
    }
    if (api === 22) {
      if (identify === 0) broker.identities += 1
      return Buffer.concat([int32(0), int16(identify), int32(0), int32(700 + broker.identities), int16(0)])
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
    const asked = produce(tries, batch)
    if (asked === 'hang up') return undefined
    if (asked === 'say nothing') return 'nothing'
    const error = typeof asked === 'number' && asked !== 0 ? asked : take({ topic, partition, acks, batch })
    if (asked === 'lose the reply') return undefined
    return Buffer.concat([int32(1), text(topic), int32(1), int32(partition), int16(error), Buffer.alloc(24), int32(0)])
  }

  /** As a real broker does: a batch follows its predecessor, or is the last one again. */
  function take(produced: Produced): number {
    const id = produced.batch.readBigInt64BE(43)
    if (id >= 0n) {
      const lane = `${id} ${produced.partition}`
      const sequence = produced.batch.readInt32BE(53)
      const { next, last } = expected.get(lane) ?? { next: 0, last: -1 }
      if (sequence === last) {
        broker.duplicates += 1
        return 0
      }
      if (sequence !== next) return 45
      expected.set(lane, { next: next + produced.batch.readInt32BE(57), last: sequence })
    }
    broker.produced.push(produced)
    return 0
  }

  const expected = new Map<string, { next: number; last: number }>()
  let tries = 0
  let saslMessages = 0
  const broker: KafkaBroker = {
    address: `127.0.0.1:${port}`,
    produced: [],
    metadataReads: 0,
    identities: 0,
    duplicates: 0,
    mechanisms: [],
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
