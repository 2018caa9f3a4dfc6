import type { RowEncoder } from './avro.ts'
import type { Producer } from './producer.ts'
import type { Values } from './values.ts'

/** Encodes rows, each into the same memory, and hands them to the producer. */
export class RowSink {
  readonly #producer: Producer
  readonly #encode: RowEncoder
  #scratch = Buffer.allocUnsafeSlow(64 * 1024)
  rows = 0

  constructor(producer: Producer, encode: RowEncoder) {
    this.#producer = producer
    this.#encode = encode
  }

  /** A promise is returned only where the caller has to wait for room. */
  put(key: string, row: Values, headers: Buffer): Promise<void> | undefined {
    let end = this.#encode(row, this.#scratch, 0)
    while (end < 0) {
      this.#scratch = Buffer.allocUnsafeSlow(this.#scratch.length - end)
      end = this.#encode(row, this.#scratch, 0)
    }
    this.rows += 1
    return this.#producer.add(key, this.#scratch, end, headers)
  }

  flush(): Promise<void> {
    return this.#producer.flush()
  }
}
