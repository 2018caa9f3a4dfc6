import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { setTimeout } from 'node:timers/promises'

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
  /** Resolves with the exit code (128 + signal as in a shell) when the process and its output have ended. */
  readonly exited: Promise<number>
  /** What it writes to file descriptor 3. */
  readonly report: Readable
  /** SIGTERM; SIGKILL for the whole group after `graceMs`. */
  readonly stop: (graceMs: number) => Promise<number>
}

const signalGroup = ({ pid }: ChildProcess, signal: NodeJS.Signals) => {
  if (pid === undefined) return
  try {
    process.kill(-pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
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
  const [, stdout, stderr, report] = child.stdio as unknown as [unknown, Readable, Readable, Readable]
  for (const input of [stdout, stderr]) createInterface({ input }).on('line', onLine)
  child.on('exit', () => signalGroup(child, 'SIGKILL')) // whatever it left running
  const exited = once(child, 'close').then(
    ([code, signal]: (number | string | null)[]) =>
      typeof code === 'number' ? code : 128 + (signals[String(signal)] ?? 0),
    (error: Error) => {
      onLine(error.message)
      return 127
    },
  )
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
  return { exited, report, stop }
}
