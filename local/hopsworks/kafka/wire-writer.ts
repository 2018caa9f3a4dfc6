/** Writes Kafka's primitive types, in the compact form of flexible versions where asked to. */
export class WireWriter {
  #bytes = Buffer.allocUnsafe(512)
  #at = 0
  readonly flexible: boolean

  constructor(flexible = false) {
    this.flexible = flexible
  }

  #room(length: number): number {
    const at = this.#at
    if (at + length > this.#bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, at + length))
      this.#bytes.copy(larger, 0, 0, at)
      this.#bytes = larger
    }
    this.#at += length
    return at
  }

  int8(value: number): this {
    const at = this.#room(1)
    this.#bytes.writeInt8(value, at)
    return this
  }

  int16(value: number): this {
    const at = this.#room(2)
    this.#bytes.writeInt16BE(value, at)
    return this
  }

  int32(value: number): this {
    const at = this.#room(4)
    this.#bytes.writeInt32BE(value, at)
    return this
  }

  int64(value: bigint | number): this {
    const at = this.#room(8)
    this.#bytes.writeBigInt64BE(BigInt(value), at)
    return this
  }

  boolean(value: boolean): this {
    return this.int8(value ? 1 : 0)
  }

  raw(value: Buffer): this {
    const at = this.#room(value.length)
    value.copy(this.#bytes, at)
    return this
  }

  unsignedVarint(value: number): this {
    let rest = value
    for (; rest > 0x7f; rest = Math.floor(rest / 0x80)) this.#byte((rest & 0x7f) | 0x80)
    return this.#byte(rest)
  }

  #byte(value: number): this {
    const at = this.#room(1)
    this.#bytes[at] = value
    return this
  }

  #length(value: number, wide: boolean): this {
    if (this.flexible) return this.unsignedVarint(value + 1)
    return wide ? this.int32(value) : this.int16(value)
  }

  string(value: string | null): this {
    if (value === null) return this.#length(-1, false)
    const bytes = Buffer.from(value, 'utf8')
    return this.#length(bytes.length, false).raw(bytes)
  }

  bytes(value: Buffer | null): this {
    return value === null ? this.#length(-1, true) : this.#length(value.length, true).raw(value)
  }

  array<T>(items: readonly T[], write: (item: T) => unknown): this {
    this.#length(items.length, true)
    for (const item of items) write(item)
    return this
  }

  /** No tagged fields: the end of every structure of a flexible version. */
  tags(): this {
    return this.flexible ? this.#byte(0) : this
  }

  finish(): Buffer {
    return this.#bytes.subarray(0, this.#at)
  }
}
