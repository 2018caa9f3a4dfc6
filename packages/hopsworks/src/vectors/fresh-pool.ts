import Pool from 'undici/lib/dispatcher/pool.js'

export interface PoolSettings {
  readonly origin: string
  readonly ca: string | null
  readonly connections: number
  readonly connectTimeoutMs: number
}

const maxReplyBytes = 16 * 1024 * 1024
/** Feature servers close a socket after a minute without a request. */
const longestSilenceMs = 50_000

/**
 * Sockets to the server, none of which is known to be dead. A sandbox may have been frozen since they were used: their
 * timers did not run, but the clock did.
 */
export class FreshPool {
  readonly #settings: PoolSettings
  readonly #now: () => number
  #pool: Pool
  #usedMs: number

  constructor(settings: PoolSettings, now: () => number = Date.now) {
    this.#settings = settings
    this.#now = now
    this.#pool = this.#open()
    this.#usedMs = now()
  }

  current(): Pool {
    const now = this.#now()
    if (now - this.#usedMs > longestSilenceMs) this.replace(this.#pool)
    this.#usedMs = now
    return this.#pool
  }

  /** One of its sockets was dead, so the others may be: the next request opens its own. */
  replace(pool: Pool): void {
    if (pool !== this.#pool) return
    this.#pool = this.#open()
    void pool.close()
  }

  close(): Promise<void> {
    return this.#pool.close()
  }

  #open(): Pool {
    const { origin, ca, connections, connectTimeoutMs } = this.#settings
    return new Pool(origin, {
      connections,
      allowH2: false,
      connect: { timeout: connectTimeoutMs, ...(ca === null ? {} : { ca }) },
      keepAliveTimeout: longestSilenceMs,
      maxResponseSize: maxReplyBytes,
    })
  }
}
