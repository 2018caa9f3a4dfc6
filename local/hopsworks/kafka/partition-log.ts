import { closeSync, fstatSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs'
import { errorCode } from './error-code.ts'
import { headerBytes, placeBatch, readHeader } from './record-batch.ts'

interface Place {
  readonly baseOffset: number
  readonly count: number
  readonly position: number
  readonly size: number
  readonly maxTimestamp: bigint
}

interface ProducerState {
  epoch: number
  /** What it sent last, newest last: a batch that is sent again is answered with the offset that it has. */
  readonly recent: { sequence: number; count: number; offset: number }[]
}

const remembered = 5

/** One partition: record batches one after the other in a file, found by offset. */
export class PartitionLog {
  readonly #file: number
  readonly #places: Place[] = []
  readonly #producers = new Map<bigint, ProducerState>()
  #size = 0
  #end = 0

  constructor(path: string) {
    this.#file = openSync(path, 'a+', 0o600)
    this.#recover()
  }

  /** The offset that the next record gets. */
  get end(): number {
    return this.#end
  }

  #recover(): void {
    const { size } = fstatSync(this.#file)
    const header = Buffer.alloc(headerBytes)
    while (this.#size + headerBytes <= size) {
      readSync(this.#file, header, 0, headerBytes, this.#size)
      const { size: bytes, count, maxTimestamp, baseOffset } = readHeader(header)
      if (bytes < headerBytes || this.#size + bytes > size || baseOffset !== this.#end) break
      this.#remember({ baseOffset, count, position: this.#size, size: bytes, maxTimestamp })
    }
    if (this.#size < size) ftruncateSync(this.#file, this.#size) // a batch whose write did not end was never acknowledged
  }

  #remember(place: Place): void {
    this.#places.push(place)
    this.#size = place.position + place.size
    this.#end = place.baseOffset + place.count
  }

  /** Appends a checked batch. A batch of an idempotent producer that is there already is not appended again. */
  append(batch: Buffer): { error: number; baseOffset: number } {
    const { producerId, producerEpoch, sequence, count, maxTimestamp } = readHeader(batch)
    const producer = producerId < 0n ? undefined : this.#producers.get(producerId)
    if (producer?.epoch === producerEpoch) {
      const known = producer.recent.find((sent) => sent.sequence === sequence && sent.count === count)
      if (known) return { error: errorCode.none, baseOffset: known.offset }
      const last = producer.recent.at(-1)
      if (last && sequence !== ((last.sequence + last.count) & 0x7fffffff))
        return { error: errorCode.outOfOrderSequenceNumber, baseOffset: -1 }
    }
    const baseOffset = this.#end
    placeBatch(batch, baseOffset)
    this.#write(batch)
    this.#remember({ baseOffset, count, position: this.#size, size: batch.length, maxTimestamp })
    if (producerId >= 0n) this.#sent(producerId, producerEpoch, { sequence, count, offset: baseOffset })
    return { error: errorCode.none, baseOffset }
  }

  #write(batch: Buffer): void {
    try {
      for (let written = 0; written < batch.length;) written += writeSync(this.#file, batch, written)
    } catch (error) {
      ftruncateSync(this.#file, this.#size)
      throw error
    }
  }

  #sent(id: bigint, epoch: number, sent: ProducerState['recent'][number]): void {
    const state = this.#producers.get(id)
    if (state?.epoch !== epoch) {
      this.#producers.set(id, { epoch, recent: [sent] })
      return
    }
    state.recent.push(sent)
    if (state.recent.length > remembered) state.recent.shift()
  }

  /** The stored batch that holds `offset`; undefined at the end of the log. */
  batchAt(offset: number): Buffer | undefined {
    const place = this.#places[this.#indexOf(offset)]
    if (!place) return undefined
    const batch = Buffer.allocUnsafe(place.size)
    readSync(this.#file, batch, 0, place.size, place.position)
    return batch
  }

  /** The first offset whose batch holds something as new as `timestamp` (ms since 1970); -1 when there is none. */
  offsetAt(timestamp: bigint): number {
    return this.#places.find((place) => place.maxTimestamp >= timestamp)?.baseOffset ?? -1
  }

  #indexOf(offset: number): number {
    let [low, high] = [0, this.#places.length]
    while (low < high) {
      const middle = (low + high) >> 1
      const place = this.#places[middle]
      if (place && place.baseOffset + place.count <= offset) low = middle + 1
      else high = middle
    }
    return low
  }

  close(): void {
    closeSync(this.#file)
  }
}
