import { createHash } from 'node:crypto'
import { Worker } from 'node:worker_threads'
import * as z from 'zod'

/** What the thread is told: bytes of one body, and whether they are the last, or the body came to nothing. */
export interface Md5Order {
  readonly id: number
  readonly shared: SharedArrayBuffer
  readonly length: number
  readonly step: 'more' | 'last' | 'none'
}

const answer = z.object({ id: z.number(), digest: z.string() })

const startThread = () => {
  const worker = new Worker(new URL('md5-worker.ts', import.meta.url))
  const waiting = new Map<number, { resolve: (digest: string) => void; reject: (error: unknown) => void }>()
  worker.on('message', (message: unknown) => {
    const { id, digest } = answer.parse(message)
    waiting.get(id)?.resolve(digest)
    waiting.delete(id)
    if (waiting.size === 0) worker.unref()
  })
  worker.on('error', (error) => {
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
    thread = undefined
  })
  worker.unref()
  return (order: Md5Order) =>
    new Promise<string>((resolve, reject) => {
      worker.ref()
      waiting.set(order.id, { resolve, reject })
      worker.postMessage(order, [])
    })
}

let thread: ReturnType<typeof startThread> | undefined
let bodies = 0

/** The MD5 of one body, told in pieces. A body of one piece is hashed at once; a larger one in a thread beside this one. */
export class Md5 {
  readonly #id = (bodies += 1)
  #shared: SharedArrayBuffer | undefined
  #before: Promise<unknown> = Promise.resolve()

  /** Takes a piece that is not the last; resolves when it has been copied. */
  async add(parts: readonly Uint8Array[]): Promise<void> {
    await this.#tell(parts, 'more')
  }

  /** Takes the last piece; resolves with the hash in hexadecimal. */
  async end(parts: readonly Uint8Array[]): Promise<string> {
    if (!this.#shared) {
      const hash = createHash('md5')
      for (const part of parts) hash.update(part)
      return hash.digest('hex')
    }
    return (await this.#tell(parts, 'last')).digest
  }

  /** The body came to nothing. */
  async drop(): Promise<void> {
    if (this.#shared) await this.#tell([], 'none')
  }

  async #tell(parts: readonly Uint8Array[], step: Md5Order['step']): Promise<{ readonly digest: Promise<string> }> {
    await this.#before
    const length = parts.reduce((sum, part) => sum + part.length, 0)
    if (!this.#shared || this.#shared.byteLength < length) this.#shared = new SharedArrayBuffer(length)
    const bytes = new Uint8Array(this.#shared)
    let at = 0
    for (const part of parts) {
      bytes.set(part, at)
      at += part.length
    }
    thread ??= startThread()
    const digest = thread({ id: this.#id, shared: this.#shared, length, step })
    digest.catch(() => {}) // looked at before the next piece
    this.#before = digest
    return { digest }
  }
}
