/** Reads the fields of a reply in their order; a reply that ends too early throws a RangeError. */
export class WireReader {
  readonly #buffer: Buffer
  #at = 0
  constructor(buffer: Buffer) {
    this.#buffer = buffer
  }
  int8 = (): number => this.#buffer.readInt8(this.#skip(1))
  int16 = (): number => this.#buffer.readInt16BE(this.#skip(2))
  int32 = (): number => this.#buffer.readInt32BE(this.#skip(4))
  int64 = (): bigint => this.#buffer.readBigInt64BE(this.#skip(8))
  string = (): string => {
    const length = this.int16()
    const from = this.#skip(Math.max(length, 0))
    return this.#buffer.toString('utf8', from, this.#at)
  }
  bytes = (): Buffer => {
    const length = Math.max(this.int32(), 0)
    const from = this.#skip(length)
    return this.#buffer.subarray(from, from + length)
  }
  array<T>(item: () => T): T[] {
    return Array.from({ length: Math.max(this.int32(), 0) }, item)
  }
  #skip(bytes: number): number {
    const from = this.#at
    if (from + bytes > this.#buffer.length) throw new RangeError('Kafka reply ends too early')
    this.#at = from + bytes
    return from
  }
}

export const int8 = (value: number): Buffer => Buffer.from([value & 0xff])
export const int16 = (value: number): Buffer => Buffer.from([(value >> 8) & 0xff, value & 0xff])
export function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32BE(value)
  return bytes
}
export function string(value: string | null): Buffer {
  if (value === null) return int16(-1)
  const bytes = Buffer.from(value)
  return Buffer.concat([int16(bytes.length), bytes])
}
export const bytes = (value: Buffer): Buffer => Buffer.concat([int32(value.length), value])
