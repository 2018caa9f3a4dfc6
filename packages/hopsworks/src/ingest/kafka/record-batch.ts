import { writeAscii } from '../ascii.ts'
import { crc32c } from './crc32c.ts'
import type { ProducerIdentity } from './init-producer-id.ts'
import { readVarint, varintBytes, writeVarint } from './varint.ts'

const headerBytes = 61
const crcAt = 17
const attributesAt = 21
/** Lengths and offsets of a record, each a varint of at most five bytes, and its attributes. */
const recordOverhead = 26

/** A message on its way: `place` is where its row stood among those that were given. */
export interface Message {
  readonly key: string
  readonly value: Buffer
  /** By `recordHeaders`. */
  readonly headers: Buffer
  readonly place: number
}

/** One record batch of format v2 (https://kafka.apache.org/documentation/#recordbatch), written in place. */
export class RecordBatch {
  readonly #buffer: Buffer
  readonly capacity: number
  #at = headerBytes
  /** Of the records, in their order. */
  readonly places: number[] = []

  constructor(capacity: number) {
    this.capacity = capacity
    this.#buffer = Buffer.allocUnsafeSlow(capacity)
  }

  get count(): number {
    return this.places.length
  }

  /** Appends a record, or returns false where it does not fit. */
  append(key: string, value: Buffer, valueBytes: number, headers: Buffer, place: number): boolean {
    const keyBytes = Buffer.byteLength(key)
    if (this.#at + recordOverhead + keyBytes + valueBytes + headers.length > this.capacity) return false
    const buffer = this.#buffer
    const offset = this.places.length
    const length =
      1 +
      1 +
      varintBytes(offset) +
      varintBytes(keyBytes) +
      keyBytes +
      varintBytes(valueBytes) +
      valueBytes +
      headers.length
    let at = writeVarint(buffer, this.#at, length)
    buffer[at++] = 0 // attributes
    buffer[at++] = 0 // timestamp delta: all records carry the batch's time
    at = writeVarint(buffer, at, offset)
    at = writeVarint(buffer, at, keyBytes)
    const end = keyBytes === key.length ? writeAscii(buffer, at, key) : -1
    at = end >= 0 ? end : at + buffer.write(key, at)
    at = writeVarint(buffer, at, valueBytes)
    at += value.copy(buffer, at, 0, valueBytes)
    at += headers.copy(buffer, at)
    this.#at = at
    this.places.push(place)
    return true
  }

  /**
   * The finished batch, a view of the internal buffer: valid until `clear`. May be repeated with another identity.
   * @param sequence of the first record, by which a broker recognises a batch that it has already
   */
  finish(nowMs: number, { id, epoch }: ProducerIdentity, sequence: number): Buffer {
    const buffer = this.#buffer
    const now = BigInt(nowMs)
    buffer.writeBigInt64BE(0n, 0) // base offset
    buffer.writeInt32BE(this.#at - 12, 8)
    buffer.writeInt32BE(-1, 12) // partition leader epoch
    buffer.writeInt8(2, 16) // magic
    buffer.writeInt16BE(0, attributesAt) // no compression, create time
    buffer.writeInt32BE(this.count - 1, 23)
    buffer.writeBigInt64BE(now, 27)
    buffer.writeBigInt64BE(now, 35)
    buffer.writeBigInt64BE(id, 43)
    buffer.writeInt16BE(epoch, 51)
    buffer.writeInt32BE(sequence, 53)
    buffer.writeInt32BE(this.count, 57)
    buffer.writeUInt32BE(crc32c(buffer, attributesAt, this.#at), crcAt)
    return buffer.subarray(0, this.#at)
  }

  /** The records, in their order; their values are views of the internal buffer. */
  *messages(): Generator<Message> {
    let at = headerBytes
    for (const place of this.places) {
      const [length, body] = readVarint(this.#buffer, at)
      const [, keyLengthAt] = readVarint(this.#buffer, body + 2)
      const [keyBytes, keyAt] = readVarint(this.#buffer, keyLengthAt)
      const [valueBytes, valueAt] = readVarint(this.#buffer, keyAt + keyBytes)
      at = body + length
      yield {
        key: this.#buffer.toString('utf8', keyAt, keyAt + keyBytes),
        value: this.#buffer.subarray(valueAt, valueAt + valueBytes),
        headers: this.#buffer.subarray(valueAt + valueBytes, at),
        place,
      }
    }
  }

  clear(): void {
    this.#at = headerBytes
    this.places.length = 0
  }
}

/** Bytes that a batch must hold for one record of these sizes. */
export const capacityFor = (key: string, valueBytes: number, headers: Buffer): number =>
  headerBytes + recordOverhead + Buffer.byteLength(key) + valueBytes + headers.length
