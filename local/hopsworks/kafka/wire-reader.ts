/** A frame that says something that cannot be: its connection is closed, nothing else happens. */
export class MalformedFrame extends Error {
  override readonly name = 'MalformedFrame'
}

const mostItems = 100_000

/** Reads Kafka's primitive types; every read is bounded by the frame. Flexible versions have compact lengths and tags. */
export class WireReader {
  readonly #bytes: Buffer
  #at = 0
  flexible = false

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  #take(length: number): number {
    const at = this.#at
    if (length < 0 || at + length > this.#bytes.length) throw new MalformedFrame(`${length} bytes wanted at ${at}`)
    this.#at += length
    return at
  }

  int8 = () => this.#bytes.readInt8(this.#take(1))
  int16 = () => this.#bytes.readInt16BE(this.#take(2))
  int32 = () => this.#bytes.readInt32BE(this.#take(4))
  int64 = () => this.#bytes.readBigInt64BE(this.#take(8))
  boolean = () => this.int8() !== 0
  skip = (length: number) => void this.#take(length)

  unsignedVarint = (): number => {
    let value = 0
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.#bytes[this.#take(1)] ?? 0
      value += (byte & 0x7f) * 2 ** shift
      if (byte < 0x80) return value
    }
    throw new MalformedFrame('a length of more than five bytes')
  }

  #length(wide: boolean): number {
    if (this.flexible) return this.unsignedVarint() - 1
    return wide ? this.int32() : this.int16()
  }

  nullableString = (): string | null => {
    const length = this.#length(false)
    if (length < 0) return null
    const at = this.#take(length)
    return this.#bytes.toString('utf8', at, at + length)
  }

  string = (): string => {
    const value = this.nullableString()
    if (value === null) throw new MalformedFrame('null where a string must be')
    return value
  }

  nullableBytes = (): Buffer | null => {
    const length = this.#length(true)
    if (length < 0) return null
    const at = this.#take(length)
    return this.#bytes.subarray(at, at + length)
  }

  nullableArray = <T>(item: () => T): T[] | null => {
    const length = this.#length(true)
    if (length < 0) return null
    if (length > mostItems) throw new MalformedFrame(`an array of ${length}`)
    return Array.from({ length }, item)
  }

  array = <T>(item: () => T): T[] => this.nullableArray(item) ?? []

  /** Tagged fields end every structure of a flexible version; none of them matters here. */
  tags = (): void => {
    if (!this.flexible) return
    for (let left = this.unsignedVarint(); left > 0; left--) {
      this.unsignedVarint()
      this.skip(this.unsignedVarint())
    }
  }
}
