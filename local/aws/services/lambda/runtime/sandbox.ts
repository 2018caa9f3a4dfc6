import type { ChildProcess } from 'node:child_process'
import { fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Platform } from '../../../core/platform.ts'
import { sessionArn } from '../../../core/signing/account-keys.ts'
import type { Life } from '../../../core/victims.ts'
import { victims } from '../../../core/victims.ts'
import { taskRoot } from '../code.ts'
import type { FunctionConfiguration } from '../functions.ts'
import { sandboxEnvironment } from './environment.ts'
import { FunctionLog } from './function-log.ts'
import { keeperOf } from './keeper.ts'
import { Lines } from './lines.ts'
import { Memory } from './memory.ts'
import type { FunctionFailure, Outcome } from './outcome.ts'
import { failure, withinLimit } from './outcome.ts'
import { reportLine } from './report-line.ts'

const bootstrap = fileURLToPath(new URL('bootstrap.mjs', import.meta.url))
/** Lambda gives a function ten seconds to load; what it takes beyond them counts as its own time. */
const freeInitMs = 10_000
const drainMs = 500
const freezeAfterMs = 5

export interface Invocation {
  readonly requestId: string
  readonly arn: string
  /** JSON text. */
  readonly payload: string
  readonly clientContext?: unknown
}

type Answer = { result: string } | { failed: FunctionFailure; fatal?: true }
type Message = Answer | { ready: true } | { unusable: FunctionFailure }

/** A process that ended by itself, or was made to. */
const exits = new Set(['Runtime.ExitError', 'Runtime.OutOfMemory'])

/** Only the bootstrap can send: the function's own code has no channel. */
const isMessage = (value: unknown): value is Message => typeof value === 'object' && value !== null

/** One process of one function: one invocation at a time, frozen between them, used again while it is warm. */
export class Sandbox {
  readonly #platform: Platform
  readonly #fn: FunctionConfiguration
  readonly #id = randomUUID()
  readonly #log: FunctionLog
  readonly #child: ChildProcess
  readonly #streams: readonly Lines[]
  readonly #loaded: Promise<FunctionFailure | undefined>
  readonly #gone: Promise<FunctionFailure>
  readonly #cleared: Promise<void>
  readonly #memory: Memory
  #initMs: number | undefined
  #outOfMemory = false
  #freezing: NodeJS.Timeout | undefined
  #frozen = false
  #idle: Promise<unknown> = Promise.resolve()
  #usable = true
  /** While an invocation is at work: on request it dies. */
  #life: Life | undefined

  constructor(platform: Platform, fn: FunctionConfiguration) {
    this.#platform = platform
    this.#fn = fn
    this.#log = new FunctionLog(platform, fn, this.#id)
    this.#child = fork(bootstrap, [join(platform.stateDir, 'lambda', 'compile-cache')], {
      execPath: process.execPath,
      execArgv: [`--max-old-space-size=${fn.MemorySize}`],
      cwd: taskRoot(platform, fn.CodeSha256),
      env: sandboxEnvironment(platform, fn, { id: this.#id, logStream: this.#log.stream }),
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    const { pid } = this.#child
    this.#memory = new Memory(pid)
    if (pid !== undefined) {
      keeperOf(platform).started(pid)
      this.#child.once('exit', () => keeperOf(platform).ended(pid))
    }
    this.#streams = [this.#child.stdout, this.#child.stderr].flatMap((stream) =>
      stream ? [new Lines(stream, (line) => this.#told(line))] : [],
    )
    this.#gone = new Promise((resolve) => {
      this.#child.once('error', (error) => resolve(failure('Runtime.InvalidEntrypoint', error.message)))
      this.#child.once('exit', (code, signal) => {
        const cause = failure(this.#outOfMemory ? 'Runtime.OutOfMemory' : 'Runtime.ExitError', exitText(code, signal))
        this.#usable = false
        this.#child.once('close', () => resolve(cause))
        // A process that the function left behind may hold the pipes open.
        setTimeout(() => resolve(cause), drainMs)
      })
    })
    this.#cleared = this.#gone.then(async () => {
      this.#usable = false
      await this.#idle
      await this.#log.close()
      await rm(join(platform.stateDir, 'lambda', 'tmp', this.#id), { recursive: true, force: true })
    })
    const since = performance.now()
    this.#loaded = Promise.race([
      this.#message().then((message) => {
        this.#initMs = performance.now() - since
        return 'unusable' in message ? message.unusable : undefined
      }),
      this.#gone,
    ])
  }

  /** Whether the process can take another invocation. */
  get usable(): boolean {
    return this.#usable
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
    const watched = this.#memory.watch(this.#fn.MemorySize, () => {
      this.#outOfMemory = true
      this.end()
    })
    this.#life = victims(this.#platform).enter({
      kind: 'lambda',
      name: this.#fn.FunctionName,
      caller: sessionArn(this.#fn.Role, this.#fn.FunctionName),
      kill: () => this.end(),
    })
    try {
      this.#thaw()
      this.#log.line(`START RequestId: ${invocation.requestId} Version: ${this.#fn.Version}`)
      const loaded = await Promise.race([this.#loaded, overdue(freeInitMs + limitMs)])
      const began = performance.now()
      let answer: Answer
      if (loaded === 'overdue') answer = this.#timedOut(invocation)
      else if (loaded) answer = { failed: this.#lost(invocation, loaded) }
      else {
        const seen = Promise.all(this.#streams.map((stream) => stream.until(mark)))
        const answered = Promise.race([this.#message(), this.#gone])
        this.#child.send({ ...invocation, mark, remainingMs: limitMs }, () => {})
        const first = await Promise.race([answered, overdue(limitMs)])
        if (first === 'overdue') answer = this.#timedOut(invocation)
        else if ('result' in first || 'failed' in first) {
          await Promise.race([seen, this.#gone])
          answer = 'result' in first ? withinLimit(first.result) : first
        } else if ('errorType' in first) answer = { failed: this.#lost(invocation, first) }
        else throw new TypeError('A sandbox answered out of turn')
      }
      if (loaded || ('failed' in answer && answer.fatal)) this.end()
      this.#log.line(`END RequestId: ${invocation.requestId}`)
      watched()
      this.#log.line(this.#report(invocation, performance.now() - began, answer))
      const logTail = this.#log.endInvocation()
      const version = this.#fn.Version
      return 'result' in answer
        ? { payload: answer.result, logTail, version }
        : { payload: JSON.stringify(answer.failed), functionError: 'Unhandled', logTail, version }
    } finally {
      this.#life.leave()
      this.#life = undefined
      watched()
      timer.abort()
      this.#freeze()
    }
  }

  /** A call that follows at once finds the process running: stopping it and letting it go on costs more than the call. */
  #freeze(): void {
    this.#freezing = setTimeout(() => {
      if (this.#usable) this.#frozen = this.#child.kill('SIGSTOP')
    }, freezeAfterMs).unref()
  }

  #thaw(): void {
    clearTimeout(this.#freezing)
    if (this.#frozen) this.#child.kill('SIGCONT')
    this.#frozen = false
  }

  #told(line: string): void {
    this.#log.line(line)
    this.#life?.line(line)
  }

  /** Ends the process at once, as Lambda does. */
  end(): void {
    this.#usable = false
    this.#child.kill('SIGKILL')
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
      maxMemoryMb: this.#memory.maxMegabytes,
      ...(timedOut && { status: 'timeout' }),
      ...(errorType?.startsWith('Runtime.') && { status: 'error', errorType }),
    })
  }

  #message(): Promise<Message> {
    return new Promise((resolve) =>
      this.#child.once('message', (message: unknown) => {
        if (isMessage(message)) resolve(message)
      }),
    )
  }
}

const signalTexts: Readonly<Record<string, string>> = {
  SIGKILL: 'killed',
  SIGABRT: 'aborted',
  SIGSEGV: 'segmentation fault',
}

const exitText = (code: number | null, signal: string | null): string => {
  if (signal !== null) return `Runtime exited with error: signal: ${signalTexts[signal] ?? signal}`
  return code === 0 ? 'Runtime exited without providing a reason' : `Runtime exited with error: exit status ${code}`
}
