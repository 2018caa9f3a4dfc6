import { close, read } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { Readable } from 'node:stream'

const pieceBytes = 512 * 1024

/** Bytes of an open file as a reply's body. It can be read like any stream; over the wire it takes a faster way. */
export class FileBody extends Readable {
  readonly #fd: number
  readonly #end: number
  #at: number

  /** `end` is the last byte. */
  constructor(fd: number, start: number, end: number) {
    super({ highWaterMark: pieceBytes })
    this.#fd = fd
    this.#at = start
    this.#end = end
  }

  override _read(): void {
    this.#fill(Buffer.allocUnsafe(pieceBytes)).then(
      (piece) => this.push(piece.length > 0 ? piece : null),
      (error: unknown) => this.destroy(error instanceof Error ? error : new Error(String(error))),
    )
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    close(this.#fd, (failure) => done(error ?? failure))
  }

  /** Writes all of it, from two buffers in turn: a new one for each piece would keep the garbage collector busy. */
  async sendTo(response: ServerResponse): Promise<void> {
    const buffers = [Buffer.allocUnsafeSlow(pieceBytes), Buffer.allocUnsafeSlow(pieceBytes)] as const
    let written = Promise.resolve()
    for (let turn = 0; ; turn += 1) {
      const piece = await this.#fill(turn % 2 === 0 ? buffers[0] : buffers[1])
      await written
      if (piece.length === 0) break
      written = new Promise((resolve, reject) => {
        response.write(piece, (error) => (error ? reject(error) : resolve()))
      })
      written.catch(() => {}) // looked at before the next piece
    }
    response.end()
    this.destroy()
  }

  #fill(buffer: Buffer): Promise<Buffer> {
    const most = Math.min(buffer.length, this.#end - this.#at + 1)
    if (most <= 0) return Promise.resolve(buffer.subarray(0, 0))
    return new Promise((resolve, reject) => {
      read(this.#fd, buffer, 0, most, this.#at, (error, length) => {
        if (error) return reject(error)
        this.#at += length
        return resolve(buffer.subarray(0, length))
      })
    })
  }
}
