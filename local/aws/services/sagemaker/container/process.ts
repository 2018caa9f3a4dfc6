import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { setTimeout } from 'node:timers/promises'
import { errorCode } from './error-code.ts'

export interface ProcessSettings {
  readonly program: string
  readonly args: readonly string[]
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
  /** Each line of its output, both streams. */
  readonly onLine: (line: string) => void
}

/** A container's process, leader of a process group. It ends when its standard input ends: it cannot outlive us. */
export interface ContainerProcess {
  /** Resolves with the exit code (as in a shell: 128 + signal, 127 for no program) when process and output have ended. */
  readonly exited: Promise<number>
  /** What it writes to file descriptor 3. */
  readonly report: Readable
  /** SIGTERM; SIGKILL for the whole group after `graceMs`. */
  readonly stop: (graceMs: number) => Promise<number>
  /** SIGKILL for the whole group, as when memory runs out. */
  readonly kill: () => void
}

const signalGroup = ({ pid }: ChildProcess, signal: NodeJS.Signals) => {
  if (pid === undefined) return
  try {
    process.kill(-pid, signal)
  } catch (error) {
    if (errorCode(error) !== 'ESRCH') throw error
  }
}

const signals: Readonly<Record<string, number>> = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGABRT: 6,
  SIGKILL: 9,
  SIGSEGV: 11,
  SIGTERM: 15,
}

export const startProcess = ({ program, args, cwd, env, onLine }: ProcessSettings): ContainerProcess => {
  const child = spawn(program, args, { cwd, env, detached: true, stdio: ['pipe', 'pipe', 'pipe', 'pipe'] })
  const [, stdout, stderr, report] = child.stdio
  if (!stdout || !stderr || !(report instanceof Readable)) throw new Error(`${program} has no pipes`)
  for (const input of [stdout, stderr]) createInterface({ input }).on('line', onLine)
  child.on('exit', () => signalGroup(child, 'SIGKILL')) // whatever it left running
  const exited = new Promise<number>((resolve) => {
    child.on('error', ({ message }) => {
      onLine(message)
      resolve(127)
    })
    child.on('close', (code, signal) => resolve(code ?? 128 + (signals[signal ?? ''] ?? 0)))
  })
  const stop = async (graceMs: number) => {
    signalGroup(child, 'SIGTERM')
    const late = new AbortController()
    const killed = setTimeout(graceMs, undefined, { signal: late.signal }).then(
      () => signalGroup(child, 'SIGKILL'),
      () => {},
    )
    const code = await exited
    late.abort()
    await killed
    return code
  }
  return { exited, report, stop, kill: () => signalGroup(child, 'SIGKILL') }
}
