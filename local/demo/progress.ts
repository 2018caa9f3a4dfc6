import { createWriteStream } from 'node:fs'
import type { WriteStream } from 'node:fs'

/** What a running hop may say about itself. */
export type Say = (detail: string) => void

const seconds = (since: number) => `${((performance.now() - since) / 1000).toFixed(1)} s`

/**
 * One line a hop: on a terminal the line lives while the hop runs; in a log there is a line when the hop ends, and one
 * each time it says something new. Everything goes to the log file too.
 */
export class Progress {
  readonly #out: WriteStream
  readonly #live = process.stdout.isTTY
  readonly #running = new Map<string, { since: number; detail: string }>()
  readonly #timer: NodeJS.Timeout | undefined
  #drawn = false

  constructor(log: string) {
    this.#out = createWriteStream(log, { flags: 'a' })
    if (this.#live) this.#timer = setInterval(() => this.#draw(), 250)
    this.#timer?.unref()
  }

  /** Runs a hop; `done` turns what it gives into words. */
  async hop<T>(name: string, work: (say: Say) => Promise<T>, done: (result: T) => string = () => ''): Promise<T> {
    const hop = { since: performance.now(), detail: '' }
    this.#running.set(name, hop)
    const say = (detail: string) => {
      if (detail === hop.detail) return
      hop.detail = detail
      if (this.#live) this.#draw()
      else this.line(`  … ${name.padEnd(12)} ${detail}`)
    }
    try {
      const result = await work(say)
      this.#running.delete(name)
      this.line(`  ✔ ${name.padEnd(12)} ${seconds(hop.since).padStart(7)}  ${done(result)}`)
      return result
    } catch (error) {
      this.#running.delete(name)
      this.line(`  ✘ ${name.padEnd(12)} ${seconds(hop.since).padStart(7)}  failed`)
      throw error
    }
  }

  /** A line that stays. */
  line(text = ''): void {
    this.#clear()
    const line = text.trimEnd()
    process.stdout.write(`${line}\n`)
    this.#out.write(`${line}\n`)
  }

  /** Resolves when the log file is complete. */
  close(): Promise<void> {
    clearInterval(this.#timer)
    this.#clear()
    return new Promise((resolve) => this.#out.end(() => resolve()))
  }

  #clear() {
    if (this.#drawn) process.stdout.write('\r\u001B[2K')
    this.#drawn = false
  }

  #draw() {
    const running = [...this.#running].map(([name, { since, detail }]) => `${name} ${seconds(since)} ${detail}`.trim())
    this.#clear()
    if (running.length === 0) return
    process.stdout.write(`  … ${running.join(' · ')}`.slice(0, (process.stdout.columns ?? 120) - 1))
    this.#drawn = true
  }
}
