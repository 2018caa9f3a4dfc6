import { crc32c } from './crc32c.ts'

const headerBytes = 61
const crcAt = 17
const attributesAt = 21
/** Lengths and offsets of a record, each a varint of at most five bytes, and its attributes. */
const recordOverhead = 26

/**
 * One record batch of format v2 (https://kafka.apache.org/documentation/#recordbatch), written in place. Not idempotent
 * (producer id −1): the producer keeps one batch a partition in flight, so retries keep the order of a key.
 */
export class RecordBatch {
  readonly #buffer: Buffer
  readonly capacity: number
  #at = headerBytes
  count = 0

  constructor(capacity: number) {
    this.capacity = capacity
    this.#buffer = Buffer.allocUnsafe(capacity)
  }

  /** Appends a record, or returns false where it does not fit. `headers` comes from `recordHeaders`. */
  append(key: string, value: Buffer, valueBytes: number, headers: Buffer): boolean {
    const keyBytes = Buffer.byteLength(key)
    if (this.#at + recordOverhead + keyBytes + valueBytes + headers.length > this.capacity) return false
    const buffer = this.#buffer
    const offset = this.count
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
    at += buffer.write(key, at)
    at = writeVarint(buffer, at, valueBytes)
    at += value.copy(buffer, at, 0, valueBytes)
    at += headers.copy(buffer, at)
    this.#at = at
    this.count = offset + 1
    return true
  }

  /** The finished batch, a view of the internal buffer: valid until `clear`. */
  finish(nowMs: number): Buffer {
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
    buffer.writeBigInt64BE(-1n, 43) // producer id
    buffer.writeInt16BE(-1, 51)
    buffer.writeInt32BE(-1, 53)
    buffer.writeInt32BE(this.count, 57)
    buffer.writeUInt32BE(crc32c(buffer, attributesAt, this.#at), crcAt)
    return buffer.subarray(0, this.#at)
  }

  clear(): void {
    this.#at = headerBytes
    this.count = 0
  }
}

/** Bytes that a batch must hold for one record of these sizes. */
export const capacityFor = (key: string, valueBytes: number, headers: Buffer): number =>
  headerBytes + recordOverhead + Buffer.byteLength(key) + valueBytes + headers.length

/** The headers of a record, encoded once for many records. */
export function recordHeaders(headers: Readonly<Record<string, string>>): Buffer {
  const entries = Object.entries(headers)
  const buffer = Buffer.alloc(
    5 + entries.reduce((sum, [key, value]) => sum + 10 + key.length * 3 + value.length * 3, 0),
  )
  let at = writeVarint(buffer, 0, entries.length)
  for (const text of entries.flat()) {
    at = writeVarint(buffer, at, Buffer.byteLength(text))
    at += buffer.write(text, at)
  }
  return buffer.subarray(0, at)
}

/** Zigzag varint of a number ≥ 0. */
function writeVarint(buffer: Buffer, position: number, value: number): number {
  let rest = value * 2
  let at = position
  while (rest > 0x7f) {
    buffer[at++] = (rest % 0x80) + 0x80
    rest = Math.floor(rest / 0x80)
  }
  buffer[at++] = rest
  return at
}

function varintBytes(value: number): number {
  if (value < 0x40) return 1
  if (value < 0x2000) return 2
  if (value < 0x100000) return 3
  return value < 0x8000000 ? 4 : 5
}
