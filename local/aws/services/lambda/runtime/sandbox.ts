import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Platform } from '../../../core/platform.ts'
import { sessionArn } from '../../../core/signing/account-keys.ts'
import type { Life } from '../../../core/victims.ts'
import { victims } from '../../../core/victims.ts'
import type { FunctionConfiguration } from '../functions.ts'
import { FunctionLog } from './function-log.ts'
import type { FunctionFailure, Outcome } from './outcome.ts'
import { failure, withinLimit } from './outcome.ts'
import { reportLine } from './report-line.ts'
import type { Answer } from './runtime-process.ts'
import { RuntimeProcess } from './runtime-process.ts'

/** Lambda gives a function ten seconds to load; what it takes beyond them counts as its own time. */
const freeInitMs = 10_000

export interface Invocation {
  readonly requestId: string
  readonly arn: string
  /** JSON text. */
  readonly payload: string
  readonly clientContext?: unknown
}

/** A process that ended by itself, or was made to. */
const exits = new Set(['Runtime.ExitError', 'Runtime.OutOfMemory'])

/** One process of one function: one invocation at a time, frozen between them, used again while it is warm. */
export class Sandbox {
  readonly #platform: Platform
  readonly #fn: FunctionConfiguration
  readonly #id = randomUUID()
  readonly #log: FunctionLog
  readonly #process: RuntimeProcess
  readonly #loaded: Promise<FunctionFailure | undefined>
  readonly #cleared: Promise<void>
  #initMs: number | undefined
  #idle: Promise<unknown> = Promise.resolve()
  /** While an invocation is at work: on request it dies. */
  #life: Life | undefined

  constructor(platform: Platform, fn: FunctionConfiguration) {
    this.#platform = platform
    this.#fn = fn
    this.#log = new FunctionLog(platform, fn, this.#id)
    this.#process = new RuntimeProcess(platform, fn, {
      id: this.#id,
      logStream: this.#log.stream,
      onLine: (line) => {
        this.#log.line(line)
        this.#life?.line(line)
      },
    })
    this.#cleared = this.#process.gone.then(async () => {
      await this.#idle
      await this.#log.close()
      await rm(join(platform.stateDir, 'lambda', 'tmp', this.#id), { recursive: true, force: true })
    })
    const since = performance.now()
    this.#loaded = Promise.race([
      this.#process.message().then((message) => {
        this.#initMs = performance.now() - since
        return 'unusable' in message ? message.unusable : undefined
      }),
      this.#process.gone,
    ])
  }

  /** Whether the process can take another invocation. */
  get usable(): boolean {
    return this.#process.alive
  }

  invoke(invocation: Invocation): Promise<Outcome> {
    const outcome = this.#run(invocation)
    this.#idle = outcome.catch(() => {})
    return outcome
  }

  async #run(invocation: Invocation): Promise<Outcome> {
    const { clock } = this.#platform
    const timer = new AbortController()
    const limitMs = this.#fn.Timeout * 1000
    const overdue = (ms: number) =>
      clock.sleep(ms, timer.signal).then(
        () => 'overdue' as const,
        () => new Promise<never>(() => {}),
      )
    const mark = `\0${invocation.requestId}\0`
    const held = this.#process.holdToMemory()
    this.#life = victims(this.#platform).enter({
      kind: 'lambda',
      name: this.#fn.FunctionName,
      caller: sessionArn(this.#fn.Role, this.#fn.FunctionName),
      kill: () => this.end(),
    })
    try {
      this.#process.thaw()
      this.#log.line(`START RequestId: ${invocation.requestId} Version: ${this.#fn.Version}`)
      const loaded = await Promise.race([this.#loaded, overdue(freeInitMs + limitMs)])
      const began = performance.now()
      let answer: Answer
      if (loaded === 'overdue') answer = this.#timedOut(invocation)
      else if (loaded) answer = { failed: this.#lost(invocation, loaded) }
      else {
        const seen = this.#process.lookFor(mark)
        const answered = Promise.race([this.#process.message(), this.#process.gone])
        this.#process.send({ ...invocation, mark, remainingMs: limitMs })
        const first = await Promise.race([answered, overdue(limitMs)])
        if (first === 'overdue') answer = this.#timedOut(invocation)
        else if ('result' in first || 'failed' in first) {
          await Promise.race([seen(first.marked ?? []), this.#process.gone])
          answer = 'result' in first ? withinLimit(first.result) : first
        } else if ('errorType' in first) answer = { failed: this.#lost(invocation, first) }
        else throw new TypeError('A sandbox answered out of turn')
      }
      if (loaded || ('failed' in answer && answer.fatal)) this.end()
      this.#log.line(`END RequestId: ${invocation.requestId}`)
      held()
      this.#log.line(this.#report(invocation, performance.now() - began, answer))
      const logTail = this.#log.endInvocation()
      const version = this.#fn.Version
      return 'result' in answer
        ? { payload: answer.result, logTail, version }
        : { payload: JSON.stringify(answer.failed), functionError: 'Unhandled', logTail, version }
    } finally {
      this.#life.leave()
      this.#life = undefined
      held()
      timer.abort('answered')
      this.#process.freeze()
    }
  }

  /** Ends the process at once, as Lambda does. */
  end(): void {
    this.#process.kill()
  }

  /** Resolves when the process is gone and its log is complete. */
  ended(): Promise<void> {
    return this.#cleared
  }

  #timedOut({ requestId }: Invocation): Answer {
    this.end()
    const text = `Task timed out after ${this.#fn.Timeout.toFixed(2)} seconds`
    this.#log.line(`${new Date(this.#platform.clock.now()).toISOString()} ${requestId} ${text}`)
    return { failed: failure('Sandbox.Timedout', `RequestId: ${requestId} Error: ${text}`) }
  }

  #lost({ requestId }: Invocation, cause: FunctionFailure): FunctionFailure {
    this.end()
    if (!exits.has(cause.errorType)) return cause
    this.#log.line(`RequestId: ${requestId} Error: ${cause.errorMessage}`)
    return failure(cause.errorType, `RequestId: ${requestId} Error: ${cause.errorMessage}`)
  }

  #report({ requestId }: Invocation, durationMs: number, answer: Answer): string {
    const initMs = this.#initMs
    this.#initMs = undefined
    const errorType = 'failed' in answer ? answer.failed.errorType : undefined
    const timedOut = errorType === 'Sandbox.Timedout'
    return reportLine({
      requestId,
      durationMs,
      ...(initMs !== undefined && { initMs }),
      memorySizeMb: this.#fn.MemorySize,
      maxMemoryMb: this.#process.memory.maxMegabytes,
      ...(timedOut && { status: 'timeout' }),
      ...(errorType?.startsWith('Runtime.') && { status: 'error', errorType }),
    })
  }
}
