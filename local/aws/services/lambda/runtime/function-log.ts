import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { AwsError } from '../../../core/errors.ts'
import type { Principal } from '../../../core/operation.ts'
import type { Platform } from '../../../core/platform.ts'
import type { FunctionConfiguration } from '../functions.ts'

const tailBytes = 4096

/** The log of one sandbox: a file for people, a stream of the logs service for programs, and the tail for LogResult. */
export class FunctionLog {
  readonly stream: string
  readonly #platform: Platform
  readonly #group: string
  readonly #principal: Principal
  readonly #file: number
  #pending: { timestamp: number; message: string }[] = []
  #tail: string[] = []
  #delivery: Promise<void> = Promise.resolve()
  #open = false
  #closed = false

  constructor(platform: Platform, fn: FunctionConfiguration, sandboxId: string) {
    const day = new Date(platform.clock.now()).toISOString().slice(0, 10).replaceAll('-', '/')
    this.stream = `${day}/[${fn.Version}]${sandboxId.replaceAll('-', '')}`
    this.#platform = platform
    this.#group = fn.LoggingConfig.LogGroup
    this.#principal = {
      kind: 'role',
      roleArn: fn.Role,
      arn: `arn:aws:sts::${platform.account}:assumed-role/${fn.Role.split('/').at(-1)}/${fn.FunctionName}`,
    }
    const folder = join(platform.stateDir, 'logs', 'lambda')
    mkdirSync(folder, { recursive: true })
    this.#file = openSync(join(folder, `${fn.FunctionName}.log`), 'a', 0o600)
  }

  line(text: string): void {
    if (this.#closed) return
    writeSync(this.#file, `${text}\n`)
    this.#pending.push({ timestamp: this.#platform.clock.now(), message: text })
    this.#tail.push(text)
  }

  /** The last 4 KB since the last call, and what is pending goes to the logs service. */
  endInvocation(): string {
    const tail = Buffer.from(`${this.#tail.join('\n')}\n`)
      .subarray(-tailBytes)
      .toString()
    this.#tail = []
    this.#deliver()
    return tail
  }

  /** Nothing may be written any more. Resolves when the logs service has all lines. */
  async close(): Promise<void> {
    this.#closed = true
    closeSync(this.#file)
    this.#deliver()
    await this.#delivery
  }

  #deliver(): void {
    const logEvents = this.#pending
    if (logEvents.length === 0) return
    this.#pending = []
    this.#delivery = this.#delivery
      .then(() => this.#put(logEvents))
      .catch((error: unknown) => {
        const cause = error instanceof Error ? error.message : String(error)
        this.#platform.log('lambda', 'log lines not delivered', { group: this.#group, lines: logEvents.length, cause })
      })
  }

  async #put(logEvents: { timestamp: number; message: string }[]): Promise<void> {
    const place = { logGroupName: this.#group, logStreamName: this.stream }
    const call = (name: string, input: unknown) => this.#platform.call('logs', name, input, this.#principal)
    if (!this.#open) {
      await call('CreateLogStream', place).catch(async (error: unknown) => {
        if (!(error instanceof AwsError) || error.code !== 'ResourceNotFoundException') throw error
        await call('CreateLogGroup', { logGroupName: this.#group })
        await call('CreateLogStream', place)
      })
      this.#open = true
    }
    await call('PutLogEvents', { ...place, logEvents })
  }
}
