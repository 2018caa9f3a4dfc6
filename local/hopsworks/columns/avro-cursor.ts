/** Bytes that are no row of the schema. */
export class UndecodableRow extends Error {
  override readonly name = 'UndecodableRow'
}

/** Reads Avro's binary encoding; no read passes the end. */
export class AvroCursor {
  readonly #bytes: Buffer
  #at = 0

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  #take(length: number): number {
    const at = this.#at
    if (length < 0 || at + length > this.#bytes.length)
      throw new UndecodableRow(`the row ends at byte ${this.#bytes.length}`)
    this.#at += length
    return at
  }

  #byte(): number {
    return this.#bytes[this.#take(1)] ?? 0
  }

  /** Reads the branch of a union of null and one type. */
  isNull(): boolean {
    const index = this.#byte()
    if (index !== 0 && index !== 2) throw new UndecodableRow(`union branch ${index} at byte ${this.#at - 1}`)
    return index === 0
  }

  /** A varint of up to seven bytes; undefined, and nothing read, where it is longer. */
  #short(): number | undefined {
    const from = this.#at
    let zigzag = 0
    let scale = 1
    for (let group = 0; group < 7; group++) {
      const byte = this.#byte()
      zigzag += (byte & 0x7f) * scale
      if (byte < 0x80) return zigzag % 2 === 0 ? zigzag / 2 : -(zigzag + 1) / 2
      scale *= 0x80
    }
    this.#at = from
    return undefined
  }

  long(): bigint {
    const short = this.#short()
    if (short !== undefined) return BigInt(short)
    let value = 0n
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.#byte()
      value |= BigInt(byte & 0x7f) << shift
      if (byte < 0x80) return BigInt.asIntN(64, (value >> 1n) ^ -(value & 1n))
    }
    throw new UndecodableRow('a number of more than ten bytes')
  }

  int(): number {
    const value = this.#short()
    if (value === undefined || value !== (value | 0)) throw new UndecodableRow(`${value ?? 'a long'} is no int`)
    return value
  }

  float(): number {
    return this.#bytes.readFloatLE(this.#take(4))
  }

  double(): number {
    return this.#bytes.readDoubleLE(this.#take(8))
  }

  boolean(): boolean {
    return this.#byte() !== 0
  }

  bytes(): Buffer {
    const at = this.#take(this.int())
    return this.#bytes.subarray(at, this.#at)
  }

  string(): string {
    const at = this.#take(this.int())
    return this.#bytes.toString('utf8', at, this.#at)
  }

  finish(): void {
    if (this.#at !== this.#bytes.length) throw new UndecodableRow(`${this.#bytes.length - this.#at} bytes too many`)
  }
}
