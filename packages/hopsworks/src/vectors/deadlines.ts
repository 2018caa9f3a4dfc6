interface Deadline {
  readonly atMs: number
  readonly missed: () => void
}

/**
 * Deadlines under one timer, which is set to the first of them and again when it fires: most are met long before, so
 * that hardly any sets a timer of its own. Does not keep the process alive; what is waited for does.
 */
export class Deadlines {
  readonly #open = new Set<Deadline>()
  #timer: NodeJS.Timeout | undefined
  #firesAtMs = Number.POSITIVE_INFINITY

  /** Calls `missed` after `waitMs`, unless what it returns was called before. */
  set(waitMs: number, missed: () => void): () => void {
    const deadline = { atMs: performance.now() + waitMs, missed }
    this.#open.add(deadline)
    if (deadline.atMs < this.#firesAtMs) this.#fireAt(deadline.atMs)
    return () => this.#open.delete(deadline)
  }

  #fireAt(atMs: number): void {
    clearTimeout(this.#timer)
    this.#firesAtMs = atMs
    this.#timer = setTimeout(() => this.#fire(), Math.ceil(atMs - performance.now())).unref()
  }

  #fire(): void {
    this.#firesAtMs = Number.POSITIVE_INFINITY
    const now = performance.now()
    for (const deadline of this.#open) {
      if (deadline.atMs > now) continue
      this.#open.delete(deadline)
      deadline.missed()
    }
    const next = Math.min(...[...this.#open].map(({ atMs }) => atMs))
    if (Number.isFinite(next)) this.#fireAt(next)
  }
}
