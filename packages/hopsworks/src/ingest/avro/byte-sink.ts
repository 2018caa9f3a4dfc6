import { highHalf, lowHalf } from '../../int64.ts'
import { writeAscii } from '../ascii.ts'

const words = new BigInt64Array(1)
const halves = new Int32Array(words.buffer)

/** Memory that Avro is written into, one value after the other; it grows where it must. */
export class ByteSink {
  buffer: Buffer
  /** Where the next byte goes; set it to 0 to begin anew. */
  at = 0

  constructor(bytes = 64 * 1024) {
    this.buffer = Buffer.allocUnsafeSlow(bytes)
  }

  byte(value: number): void {
    this.#need(1)
    this.buffer[this.at++] = value
  }

  /** Zigzag varint of a 32-bit integer. */
  int(value: number): void {
    this.#need(5)
    let rest = ((value << 1) ^ (value >> 31)) >>> 0
    while (rest > 0x7f) {
      this.buffer[this.at++] = (rest & 0x7f) | 0x80
      rest >>>= 7
    }
    this.buffer[this.at++] = rest
  }

  /** Zigzag varint of a 64-bit integer. */
  long(value: bigint): void {
    this.#need(10)
    words[0] = value
    const low = halves[lowHalf]!
    const high = halves[highHalf]!
    const sign = high >> 31
    let lowest = ((low << 1) ^ sign) >>> 0
    let highest = (((high << 1) | (low >>> 31)) ^ sign) >>> 0
    while (highest !== 0 || lowest > 0x7f) {
      this.buffer[this.at++] = (lowest & 0x7f) | 0x80
      lowest = ((lowest >>> 7) | (highest << 25)) >>> 0
      highest >>>= 7
    }
    this.buffer[this.at++] = lowest
  }

  float(value: number): void {
    this.#need(4)
    this.at = this.buffer.writeFloatLE(value, this.at)
  }

  double(value: number): void {
    this.#need(8)
    this.at = this.buffer.writeDoubleLE(value, this.at)
  }

  bytes(value: Uint8Array): void {
    this.int(value.length)
    this.#need(value.length)
    this.buffer.set(value, this.at)
    this.at += value.length
  }

  /** UTF-8 with its length. `text` is well-formed. */
  text(text: string): void {
    this.#need(text.length + 1)
    const end = writeAscii(this.buffer, this.at + 1, text)
    if (end >= 0) {
      this.buffer[this.at] = text.length * 2
      this.at = end
      return
    }
    const bytes = Buffer.byteLength(text)
    this.int(bytes)
    this.#need(bytes)
    this.at += this.buffer.write(text, this.at)
  }

  #need(bytes: number): void {
    if (this.at + bytes <= this.buffer.length) return
    const larger = Buffer.allocUnsafeSlow(Math.max(this.buffer.length * 2, this.at + bytes))
    this.buffer.copy(larger, 0, 0, this.at)
    this.buffer = larger
  }
}
