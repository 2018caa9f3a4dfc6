import { MalformedFrame } from './wire-reader.ts'

/** One record; `value` is a view of the batch. Header values are ASCII in what Hopsworks clients send. */
export interface LogRecord {
  readonly offset: number
  readonly value: Buffer | null
  /** The same object for records in a row whose headers are the same. */
  readonly headers: Headers
}

type Headers = Readonly<Record<string, string>>

/** A zig-zag varint of up to 32 bits, and where it ends. Longer ones (timestamps) are skipped with `past`. */
class Cursor {
  readonly bytes: Buffer
  at = 0

  constructor(bytes: Buffer) {
    this.bytes = bytes
  }

  past(): void {
    while ((this.bytes[this.at++] ?? 0) > 0x7f) if (this.at > this.bytes.length) break
  }

  int(): number {
    let value = 0
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.bytes[this.at++]
      if (byte === undefined) throw new MalformedFrame('a record ends too early')
      value |= (byte & 0x7f) << shift
      if (byte < 0x80) return (value >>> 1) ^ -(value & 1)
    }
    throw new MalformedFrame('a length of more than five bytes')
  }

  slice(length: number, end: number): Buffer {
    const from = this.at
    if (from + length > end) throw new MalformedFrame('a record ends too early')
    this.at += length
    return this.bytes.subarray(from, this.at)
  }

  latin(length: number, end: number): string {
    const from = this.at
    if (length < 0 || from + length > end) throw new MalformedFrame('a record ends too early')
    this.at += length
    return this.bytes.toString('latin1', from, this.at)
  }
}

const readHeaders = (cursor: Cursor, end: number): Headers => {
  const headers: Record<string, string> = {}
  for (let left = cursor.int(); left > 0; left--) {
    const name = cursor.latin(cursor.int(), end)
    const bytes = cursor.int()
    headers[name] = bytes < 0 ? '' : cursor.latin(bytes, end)
  }
  return headers
}

/** The records of one inflated batch in order. */
export function* readRecords(records: Buffer, baseOffset: number, count: number): Generator<LogRecord> {
  const cursor = new Cursor(records)
  let known: { from: number; end: number; headers: Headers } | undefined
  for (let index = 0; index < count; index++) {
    const length = cursor.int()
    const end = cursor.at + length
    if (length < 0 || end > records.length) throw new MalformedFrame('a record is longer than its batch')
    cursor.at++ // attributes
    cursor.past() // timestamp
    const offset = baseOffset + cursor.int()
    const key = cursor.int()
    if (key > 0) cursor.slice(key, end)
    const size = cursor.int()
    const value = size < 0 ? null : cursor.slice(size, end)
    const { at } = cursor
    if (at > end) throw new MalformedFrame('a record ends too early')
    if (!known || records.compare(records, known.from, known.end, at, end) !== 0) {
      known = { from: at, end, headers: readHeaders(cursor, end) }
      if (cursor.at > end) throw new MalformedFrame('a record ends too early')
    }
    cursor.at = end
    yield { offset, value, headers: known.headers }
  }
}
