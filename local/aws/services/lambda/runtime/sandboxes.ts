import { AwsError } from '../../../core/errors.ts'
import type { Platform } from '../../../core/platform.ts'
import { accountConcurrency, unreservedConcurrency } from '../concurrency.ts'
import type { FunctionConfiguration } from '../functions.ts'
import { settingsTable } from '../functions.ts'
import { keeperOf } from './keeper.ts'
import type { Outcome } from './outcome.ts'
import type { Invocation } from './sandbox.ts'
import { Sandbox } from './sandbox.ts'

/** Processes that one version of a function may have on this machine; more calls wait for one of them. */
const maxSandboxes = 10
/** An idle sandbox goes after this time; Lambda keeps it for some minutes. */
const idleMs = 300_000

interface Pool {
  readonly revision: string
  readonly idle: Sandbox[]
  readonly busy: Set<Sandbox>
  readonly waiting: (() => void)[]
}

const throttled = (Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded' | 'ConcurrentInvocationLimitExceeded') =>
  new AwsError('TooManyRequestsException', 'Rate Exceeded.', { status: 429, Type: 'User', Reason })

/** All sandboxes of a platform: warm reuse, concurrency, and an end for each of them. */
export class Sandboxes {
  readonly #platform: Platform
  readonly #pools = new Map<string, Pool>()
  readonly #running = new Map<string, number>()
  #unreserved = 0
  readonly #all = new Set<Sandbox>()
  readonly #idleTimers = new WeakMap<Sandbox, NodeJS.Timeout>()
  #closed = false

  constructor(platform: Platform) {
    this.#platform = platform
    keeperOf(platform)
    platform.onClose(() => this.#close())
  }

  async invoke(fn: FunctionConfiguration, invocation: Invocation): Promise<Outcome> {
    const name = fn.FunctionName
    const running = this.#running.get(name) ?? 0
    const reserved = settingsTable(this.#platform).get(name)?.reservedConcurrency
    if (reserved !== undefined && running >= reserved) {
      throw throttled('ReservedFunctionConcurrentInvocationLimitExceeded')
    }
    if (reserved === undefined && this.#isFull()) throw throttled('ConcurrentInvocationLimitExceeded')
    this.#running.set(name, running + 1)
    if (reserved === undefined) this.#unreserved += 1
    try {
      return await this.#inSandbox(fn, invocation)
    } finally {
      this.#running.set(name, (this.#running.get(name) ?? 1) - 1)
      if (reserved === undefined) this.#unreserved -= 1
    }
  }

  #isFull(): boolean {
    return (
      this.#unreserved >= accountConcurrency.unreservable && this.#unreserved >= unreservedConcurrency(this.#platform)
    )
  }

  /** What runs may finish; nothing new starts with the old code or configuration. */
  async retire(name: string, version: string): Promise<void> {
    const pool = this.#pools.get(`${name}:${version}`)
    if (!pool) return
    this.#drop(`${name}:${version}`, pool)
    await Promise.all(pool.idle.map((sandbox) => sandbox.ended()))
  }

  async #inSandbox(fn: FunctionConfiguration, invocation: Invocation): Promise<Outcome> {
    const { pool, sandbox } = await this.#taken(fn)
    try {
      return await sandbox.invoke(invocation)
    } finally {
      pool.busy.delete(sandbox)
      this.#release(pool, `${fn.FunctionName}:${fn.Version}`, sandbox)
    }
  }

  async #taken(fn: FunctionConfiguration): Promise<{ pool: Pool; sandbox: Sandbox }> {
    const key = `${fn.FunctionName}:${fn.Version}`
    for (;;) {
      if (this.#closed) throw new AwsError('ServiceException', 'The platform is closing.', { status: 500 })
      const pool = this.#poolOf(key, fn.RevisionId)
      const warm = pool.idle.splice(0).filter(({ usable }) => usable)
      const sandbox = warm.pop() ?? (pool.busy.size < maxSandboxes ? this.#started(fn) : undefined)
      pool.idle.push(...warm)
      if (sandbox) {
        clearTimeout(this.#idleTimers.get(sandbox))
        pool.busy.add(sandbox)
        return { pool, sandbox }
      }
      await new Promise<void>((resolve) => pool.waiting.push(resolve))
    }
  }

  #poolOf(key: string, revision: string): Pool {
    const kept = this.#pools.get(key)
    if (kept?.revision === revision) return kept
    if (kept) this.#drop(key, kept)
    const pool: Pool = { revision, idle: [], busy: new Set(), waiting: [] }
    this.#pools.set(key, pool)
    return pool
  }

  #drop(key: string, pool: Pool): void {
    this.#pools.delete(key)
    for (const sandbox of pool.idle) sandbox.end()
    for (const go of pool.waiting.splice(0)) go()
  }

  #started(fn: FunctionConfiguration): Sandbox {
    const sandbox = new Sandbox(this.#platform, fn)
    this.#all.add(sandbox)
    void sandbox.ended().then(() => this.#all.delete(sandbox))
    return sandbox
  }

  #release(pool: Pool, key: string, sandbox: Sandbox): void {
    if (!sandbox.usable || this.#pools.get(key) !== pool) sandbox.end()
    else {
      pool.idle.push(sandbox)
      this.#idleTimers.set(sandbox, setTimeout(() => sandbox.end(), idleMs).unref())
    }
    pool.waiting.shift()?.()
  }

  async #close(): Promise<void> {
    this.#closed = true
    for (const sandbox of this.#all) sandbox.end()
    for (const pool of this.#pools.values()) for (const go of pool.waiting.splice(0)) go()
    await Promise.all([...this.#all].map((sandbox) => sandbox.ended()))
  }
}

const known = new WeakMap<Platform, Sandboxes>()

export const sandboxesOf = (platform: Platform): Sandboxes => {
  const kept = known.get(platform)
  if (kept) return kept
  const made = new Sandboxes(platform)
  known.set(platform, made)
  return made
}
