import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TLSSocket } from 'node:tls'
import { connect } from 'node:tls'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { Hopsworks } from '../testing/start-process.ts'
import { residentMiB, startProcess, until } from '../testing/start-process.ts'
import { crc32c } from './crc32c.ts'

let state: string
let hopsworks: Hopsworks
let tls: { ca: string; cert: string; key: string }

beforeAll(async () => {
  state = mkdtempSync(join(tmpdir(), 'local-hopsworks-'))
  hopsworks = await startProcess(state)
  const { body } = await hopsworks.rest('GET', 'project/119/credentials')
  tls = { ca: body.caChain, cert: body.clientCert, key: body.clientKey }
}, 30_000)
afterAll(async () => {
  await hopsworks.stop()
  rmSync(state, { recursive: true })
}, 30_000)

const dial = async (): Promise<TLSSocket> => {
  const socket = connect({ ...tls, host: '127.0.0.1', port: hopsworks.ready.kafka.port })
  await once(socket, 'secureConnect')
  return socket
}

const frame = (body: Buffer): Buffer => {
  const length = Buffer.alloc(4)
  length.writeInt32BE(body.length)
  return Buffer.concat([length, body])
}

/** A request with a header of version 1. */
const request = (key: number, version: number, body: Buffer): Buffer => {
  const head = Buffer.alloc(10)
  head.writeInt16BE(key, 0)
  head.writeInt16BE(version, 2)
  head.writeInt32BE(7, 4)
  head.writeInt16BE(-1, 8)
  return frame(Buffer.concat([head, body]))
}

const replyTo = async (bytes: Buffer): Promise<Buffer> => {
  const socket = await dial()
  socket.write(bytes)
  let reply = Buffer.alloc(0)
  for await (const chunk of socket) {
    reply = Buffer.concat([reply, chunk as Buffer])
    if (reply.length >= 4 && reply.length >= reply.readInt32BE(0) + 4) break
  }
  return reply.subarray(4)
}

const string = (text: string) => {
  const length = Buffer.alloc(2)
  length.writeInt16BE(text.length)
  return Buffer.concat([length, Buffer.from(text)])
}
const int = (...values: number[]) => {
  const bytes = Buffer.alloc(values.length * 4)
  for (const [index, value] of values.entries()) bytes.writeInt32BE(value, index * 4)
  return bytes
}

/** A batch of one record; without another one it has neither key nor headers, and the value `x`. */
const batch = (attributes = 0, record = Buffer.from([14, 0, 0, 0, 1, 2, 0x78, 0])): Buffer => {
  const bytes = Buffer.alloc(61 + record.length)
  bytes.writeInt32BE(bytes.length - 12, 8)
  bytes[16] = 2
  bytes.writeInt16BE(attributes, 21)
  bytes.writeBigInt64BE(-1n, 43)
  bytes.writeInt16BE(-1, 51)
  bytes.writeInt32BE(-1, 53)
  bytes.writeInt32BE(1, 57)
  record.copy(bytes, 61)
  bytes.writeUInt32BE(crc32c(bytes, 21, bytes.length), 17)
  return bytes
}

const produce = (topic: string, bytes: Buffer) =>
  request(
    0,
    3,
    Buffer.concat([
      Buffer.from([0xff, 0xff, 0xff, 0xff]),
      int(1_000, 1),
      string(topic),
      int(1, 2, bytes.length),
      bytes,
    ]),
  )

/** Error code and base offset of the one partition in a Produce response of version 3. */
const produced = (reply: Buffer, topic: string) => {
  const at = 4 + 4 + 2 + topic.length + 4 + 4
  return { error: reply.readInt16BE(at), offset: reply.readBigInt64BE(at + 2) }
}

describe('the Kafka listener', () => {
  it('checks batches by Castagnoli’s CRC', () => {
    const check = Buffer.from('123456789')
    expect(crc32c(check, 0, check.length)).toBe(0xe3069283)
  })

  it('says what it speaks, in version 0 to a client that is newer', async () => {
    const reply = await replyTo(request(18, 99, Buffer.alloc(0)))
    expect(reply.readInt16BE(4)).toBe(35)
    const spoken = Array.from({ length: reply.readInt32BE(6) }, (_, index) => reply.readInt16BE(10 + index * 6))
    expect(spoken).toEqual(expect.arrayContaining([0, 1, 2, 3, 18, 22]))
  })

  it('appends a batch that is whole, and refuses others by their error code', async () => {
    expect(produced(await replyTo(produce('demo', batch())), 'demo')).toEqual({ error: 0, offset: 0n })
    expect(produced(await replyTo(produce('demo', batch())), 'demo')).toEqual({ error: 0, offset: 1n })
    expect(produced(await replyTo(produce('nope', batch())), 'nope').error).toBe(3)
    expect(produced(await replyTo(produce('demo', batch(2))), 'demo').error).toBe(76) // snappy
    const damaged = batch()
    damaged[65] = 0
    expect(produced(await replyTo(produce('demo', damaged)), 'demo').error).toBe(2)
  })

  it('goes on behind batches that hold no records', async () => {
    const broken = [Buffer.from([14, 0, 0, 0, 1, 200, 1, 0x78]), Buffer.alloc(0), Buffer.alloc(40, 0xff)]
    const batches = broken.flatMap((record) => [batch(0, record), batch(1, record)])
    for (const each of [...batches, batch()])
      expect(produced(await replyTo(produce('demo_onlinefs', each)), 'demo_onlinefs').error).toBe(0)
    const said = await until(
      () => Promise.resolve(hopsworks.logs.filter((line) => line.includes('onlinefs.'))),
      (lines) => lines.some((line) => line.includes('onlinefs.failed')),
    )
    expect(said.filter((line) => line.includes('undecodable-batch'))).toHaveLength(batches.length)
    expect(JSON.parse(said.at(-1) ?? '')).toMatchObject({ event: 'onlinefs.failed', partition: 2, offset: 6 })
  })

  it('holds no more of a frame than was sent', async () => {
    const before = residentMiB(hopsworks.child.pid)
    const sockets = await Promise.all(Array.from({ length: 60 }, dial))
    for (const socket of sockets) socket.write(Buffer.concat([int(60_000_000), Buffer.alloc(100_000)]))
    expect(produced(await replyTo(produce('demo', batch())), 'demo').error).toBe(0)
    expect(residentMiB(hopsworks.child.pid) - before).toBeLessThan(200) // of 3.4 GiB that were announced
    for (const socket of sockets) socket.destroy()
  })

  it('survives frames of any kind', async () => {
    const frames = fc.oneof(
      fc.uint8Array({ minLength: 1, maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
      fc.uint8Array({ maxLength: 300 }).map((bytes) => frame(Buffer.from(bytes))),
      fc
        .tuple(
          fc.constantFrom(0, 1, 2, 3, 18, 22, 99),
          fc.integer({ min: -1, max: 14 }),
          fc.uint8Array({ maxLength: 200 }),
        )
        .map(([key, version, body]) => request(key, version, Buffer.from(body))),
      fc.tuple(fc.nat(120), fc.nat(255)).map(([at, value]) => {
        const bytes = produce('demo_onlinefs', batch())
        bytes[at % bytes.length] = value
        return bytes
      }),
    )
    await fc.assert(
      fc.asyncProperty(frames, async (bytes) => {
        const socket = await dial()
        socket.on('error', () => undefined)
        const closed = new Promise((resolve) => socket.once('close', resolve))
        socket.end(bytes)
        socket.resume()
        await closed
      }),
      { numRuns: 150 },
    )
    expect(hopsworks.child.exitCode).toBeNull()
    expect(produced(await replyTo(produce('demo', batch())), 'demo').error).toBe(0)
    expect((await hopsworks.rest('GET', 'variables/versions')).status).toBe(200)
  })
})
