import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { openLogStream } from '../../../core/log-stream.ts'
import type { Platform } from '../../../core/platform.ts'
import { roleSession } from '../../../core/signing/account-keys.ts'
import type { FunctionConfiguration } from '../functions.ts'

const tailBytes = 4096
const writeAfterMs = 100

/** The log of one sandbox: a file for people, a stream of the logs service for programs, and the tail for LogResult. */
export class FunctionLog {
  readonly stream: string
  readonly #service: ReturnType<typeof openLogStream>
  readonly #file: number
  #tail: string[] = []
  #closed = false
  #unwritten = ''
  #writing: NodeJS.Timeout | undefined

  constructor(platform: Platform, fn: FunctionConfiguration, sandboxId: string) {
    const day = new Date(platform.clock.now()).toISOString().slice(0, 10).replaceAll('-', '/')
    this.stream = `${day}/[${fn.Version}]${sandboxId.replaceAll('-', '')}`
    this.#service = openLogStream(platform, {
      group: fn.LoggingConfig.LogGroup,
      stream: this.stream,
      principal: roleSession(fn.Role, fn.FunctionName),
    })
    const folder = join(platform.stateDir, 'logs', 'lambda')
    mkdirSync(folder, { recursive: true })
    this.#file = openSync(join(folder, `${fn.FunctionName}.log`), 'a', 0o600)
  }

  line(text: string): void {
    if (this.#closed) return
    this.#unwritten += `${text}\n`
    this.#writing ??= setTimeout(() => this.#write(), writeAfterMs).unref()
    this.#service.write(text)
    this.#tail.push(text)
  }

  /** The last 4 KB since the last call. */
  endInvocation(): string {
    const tail = Buffer.from(`${this.#tail.join('\n')}\n`)
      .subarray(-tailBytes)
      .toString()
    this.#tail = []
    return tail
  }

  /** Nothing may be written any more. Resolves when the logs service has all lines. */
  async close(): Promise<void> {
    this.#closed = true
    this.#write()
    closeSync(this.#file)
    await this.#service.close()
  }

  #write(): void {
    clearTimeout(this.#writing)
    this.#writing = undefined
    writeSync(this.#file, this.#unwritten)
    this.#unwritten = ''
  }
}
