import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { mkdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import type * as z from 'zod'
import { root } from './root.ts'

export interface ChildOptions {
  readonly args: readonly string[]
  readonly env?: NodeJS.ProcessEnv
  /** Where everything that it prints goes. */
  readonly log: string
}

/**
 * Nothing of the caller's AWS settings reaches a child: a profile of theirs must never be deployed to by accident.
 * What was compiled once is kept for the next start.
 */
const environment = (env: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_'))),
  NODE_COMPILE_CACHE: join(root, '.hopline', 'compile-cache'),
  ...env,
})

/** Ends a child: SIGTERM, and SIGKILL if it is still there after ten seconds. */
export const end = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve()
    const timer = setTimeout(() => child.kill('SIGKILL'), 10_000)
    child.once('exit', () => {
      clearTimeout(timer)
      resolve()
    })
    child.kill('SIGTERM')
    return undefined
  })

const start = async ({ args, env, log }: ChildOptions, stdio: 'server' | 'command') => {
  await mkdir(dirname(log), { recursive: true })
  const output = createWriteStream(log, { flags: stdio === 'server' ? 'a' : 'w' })
  // A process group of its own: Ctrl-C reaches only us, and we end the children in order. The channel tells them if we die.
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: environment(env),
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  child.stderr?.pipe(output, { end: false })
  return { child, output }
}

/** Starts a server and waits for the one line of JSON by which it says that it is ready. */
export const startServer = async <Schema extends z.ZodType>(
  readyLine: Schema,
  options: ChildOptions,
): Promise<{ ready: z.output<Schema>; child: ChildProcess }> => {
  const { child, output } = await start(options, 'server')
  const ready = await new Promise<z.output<Schema>>((resolve, reject) => {
    const lines = createInterface({ input: child.stdout ?? process.stdin })
    lines.on('line', (line) => {
      output.write(`${line.startsWith('{') ? 'ready' : line}\n`) // the ready line holds keys
      if (line.startsWith('{')) resolve(readyLine.parse(JSON.parse(line)))
    })
    child.once('error', reject)
    child.once('exit', (code, signal) => reject(new Error(`it ended with ${signal ?? code} before it was ready`)))
  })
  return { ready, child }
}

/** Runs a command to its end; rejects with the end of what it printed when it fails. */
export const runCommand = async (options: ChildOptions, signal?: AbortSignal): Promise<string> => {
  const { child, output } = await start(options, 'command')
  child.stdout?.pipe(output, { end: false })
  const stop = () => void end(child)
  signal?.addEventListener('abort', stop, { once: true })
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  signal?.removeEventListener('abort', stop)
  await new Promise<void>((resolve) => output.end(() => resolve()))
  const printed = await readFile(options.log, 'utf8')
  if (code === 0) return printed
  throw new Error(printed.trim().split('\n').slice(-8).join('\n') || `it ended with ${code}`)
}
