import type { ChildProcess } from 'node:child_process'
import { fork } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Platform } from '../../../core/platform.ts'
import { taskRoot } from '../code.ts'
import type { FunctionConfiguration } from '../functions.ts'
import { sandboxEnvironment } from './environment.ts'
import { exitText } from './exit-text.ts'
import { keeperOf } from './keeper.ts'
import { Lines } from './lines.ts'
import { Memory } from './memory.ts'
import type { FunctionFailure } from './outcome.ts'
import { failure } from './outcome.ts'

const bootstrap = fileURLToPath(new URL('bootstrap.mjs', import.meta.url))
const drainMs = 500
const freezeAfterMs = 5

/** `marked` are the file descriptors whose output ends in the invocation's mark. */
export type Answer = ({ result: string } | { failed: FunctionFailure; fatal?: true }) & { marked?: readonly number[] }
export type Message = Answer | { ready: true } | { unusable: FunctionFailure }

/** Only the bootstrap can send: the function's own code has no channel. */
const isMessage = (value: unknown): value is Message => typeof value === 'object' && value !== null

interface Settings {
  readonly id: string
  readonly logStream: string
  /** Each line of its output, both streams. */
  readonly onLine: (line: string) => void
}

/** The process that runs a function's code: what is sent to it, what it answers, and how it ended. */
export class RuntimeProcess {
  /** Why it ended; its output is complete. */
  readonly gone: Promise<FunctionFailure>
  readonly memory: Memory
  readonly #child: ChildProcess
  readonly #streams: readonly Lines[]
  readonly #memoryMb: number
  #alive = true
  #outOfMemory = false
  #freezing: NodeJS.Timeout | undefined
  #frozen = false

  constructor(platform: Platform, fn: FunctionConfiguration, { id, logStream, onLine }: Settings) {
    this.#memoryMb = fn.MemorySize
    this.#child = fork(bootstrap, [join(platform.stateDir, 'lambda', 'compile-cache')], {
      execPath: process.execPath,
      execArgv: [`--max-old-space-size=${fn.MemorySize}`],
      cwd: taskRoot(platform, fn.CodeSha256),
      env: sandboxEnvironment(platform, fn, { id, logStream }),
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    const { pid, stdout, stderr } = this.#child
    this.memory = new Memory(pid)
    if (pid !== undefined) {
      keeperOf(platform).started(pid)
      this.#child.once('exit', () => keeperOf(platform).ended(pid))
    }
    this.#streams = [stdout, stderr].flatMap((stream) => (stream ? [new Lines(stream, onLine)] : []))
    this.gone = new Promise((resolve) => {
      this.#child.once('error', (error) => resolve(failure('Runtime.InvalidEntrypoint', error.message)))
      this.#child.once('exit', (code, signal) => {
        const cause = failure(this.#outOfMemory ? 'Runtime.OutOfMemory' : 'Runtime.ExitError', exitText(code, signal))
        this.#alive = false
        this.#child.once('close', () => resolve(cause))
        // A process that the function left behind may hold the pipes open.
        setTimeout(() => resolve(cause), drainMs)
      })
    })
  }

  get alive(): boolean {
    return this.#alive
  }

  send(message: object): void {
    this.#child.send(message, () => {})
  }

  /** Its next message. */
  message(): Promise<Message> {
    return new Promise((resolve) =>
      this.#child.once('message', (message: unknown) => {
        if (isMessage(message)) resolve(message)
      }),
    )
  }

  /** Looks out for a mark; what it gives resolves when all that was written before it has been seen. */
  lookFor(mark: string): (marked: readonly number[]) => Promise<unknown> {
    const seen = this.#streams.map((stream) => stream.until(mark))
    return (marked) => Promise.all(seen.filter((_, at) => marked.includes(at + 1)))
  }

  /** Kills it once it takes more memory than the function has; ends with the returned function. */
  holdToMemory(): () => void {
    return this.memory.watch(this.#memoryMb, () => {
      this.#outOfMemory = true
      this.kill()
    })
  }

  kill(): void {
    this.#alive = false
    this.#child.kill('SIGKILL')
  }

  /** A call that follows at once finds it running: stopping it and letting it go on costs more than the call. */
  freeze(): void {
    this.#freezing = setTimeout(() => {
      if (this.#alive) this.#frozen = this.#child.kill('SIGSTOP')
    }, freezeAfterMs).unref()
  }

  thaw(): void {
    clearTimeout(this.#freezing)
    if (this.#frozen) this.#child.kill('SIGCONT')
    this.#frozen = false
  }
}
