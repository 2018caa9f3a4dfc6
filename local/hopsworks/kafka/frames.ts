import { MalformedFrame } from './wire-reader.ts'

export const largestFrameBytes = 64 * 1024 * 1024

/** Cuts a stream into length-prefixed frames. */
export class Frames {
  #chunks: Buffer[] = []
  #held = 0
  #wanted = 4
  #inBody = false

  /** Takes what arrived and returns the frames that are complete. Throws MalformedFrame for a length that cannot be. */
  take(chunk: Buffer): Buffer[] {
    this.#chunks.push(chunk)
    this.#held += chunk.length
    const frames: Buffer[] = []
    while (this.#held >= this.#wanted) {
      const bytes = this.#cut(this.#wanted)
      if (this.#inBody) {
        frames.push(bytes)
        this.#wanted = 4
      } else {
        this.#wanted = bytes.readInt32BE(0)
        if (this.#wanted < 8 || this.#wanted > largestFrameBytes)
          throw new MalformedFrame(`a frame of ${this.#wanted} bytes`)
      }
      this.#inBody = !this.#inBody
    }
    return frames
  }

  #cut(length: number): Buffer {
    const whole =
      this.#chunks.length === 1 && this.#chunks[0] ? this.#chunks[0] : Buffer.concat(this.#chunks, this.#held)
    this.#held -= length
    this.#chunks = this.#held > 0 ? [whole.subarray(length)] : []
    return whole.subarray(0, length)
  }
}
