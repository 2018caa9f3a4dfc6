import { readFileSync } from 'node:fs'

const sampleMs = 100

/** Megabytes of a process that are its own; 0 where the system does not tell (only Linux does). */
const ownMegabytes = (pid: number | undefined): number => {
  try {
    const [, kilobytes = '0'] = /^RssAnon:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
    return Math.ceil(Number(kilobytes) / 1024)
  } catch {
    return 0
  }
}

/** Keeps an eye on a process's memory while it works. */
export class Memory {
  maxMegabytes = 0
  readonly #pid: number | undefined
  #sampled = -Infinity

  constructor(pid: number | undefined) {
    this.#pid = pid
  }

  /** Calls `exceeded` once the process has taken more than `limitMegabytes`; ends with the returned function. */
  watch(limitMegabytes: number, exceeded: () => void): () => void {
    const timer = setInterval(() => {
      this.#sample()
      if (this.maxMegabytes <= limitMegabytes) return
      this.maxMegabytes = limitMegabytes
      clearInterval(timer)
      exceeded()
    }, sampleMs).unref()
    return () => {
      clearInterval(timer)
      if (performance.now() - this.#sampled >= sampleMs) this.#sample()
      this.maxMegabytes = Math.min(this.maxMegabytes, limitMegabytes)
    }
  }

  #sample(): void {
    this.#sampled = performance.now()
    this.maxMegabytes = Math.max(this.maxMegabytes, ownMegabytes(this.#pid))
  }
}
