import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import * as z from 'zod'
import { processUse } from '../process-use.ts'
import type { Target } from './raw-client.ts'

/** An emulator that answers. */
export interface Platform extends Target {
  readonly name: string
  readonly pid: number
  /** From its process' start to its first answer. */
  readonly readyMs: number
  end(): Promise<void>
}

const root = dirname(dirname(import.meta.dirname))
/** As `npm start` does: what was compiled once is kept for the next start. */
const compileCache = { NODE_COMPILE_CACHE: join(root, '.hopline', 'compile-cache') }
const packages = join(root, '.hopline', 'bench', 'ministack')
const ministack = '1.5.33'

const restSeconds = 10

/** What a platform takes that was started and is left alone. */
export const atRest = async ({ pid }: Platform): Promise<{ idleMb: number; idleCpuPercent: number }> => {
  await wait(2000)
  const before = await processUse(pid)
  await wait(restSeconds * 1000)
  const { cpuSeconds, residentMiB } = await processUse(pid)
  return { idleMb: residentMiB, idleCpuPercent: ((cpuSeconds - before.cpuSeconds) / restSeconds) * 100 }
}

const end = async (child: ChildProcess, state: string) => {
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await ended
  await rm(state, { recursive: true, force: true })
}

const readyLine = z.object({ endpoint: z.url(), accessKeyId: z.string(), secretAccessKey: z.string() })

export const startOurs = async (): Promise<Platform> => {
  const state = await mkdtemp(join(tmpdir(), 'local-aws-bench-'))
  const since = performance.now()
  const main = join(root, 'local', 'aws', 'main.ts')
  const child = spawn(process.execPath, [main, '--state', state, '--port', '0', '--quiet'], {
    env: { ...process.env, ...compileCache },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = await once(createInterface({ input: child.stdout }), 'line')
  const readyMs = performance.now() - since
  const ready = readyLine.parse(JSON.parse(String(line)))
  return { ...ready, name: 'local/aws', pid: child.pid ?? Number.NaN, readyMs, end: () => end(child, state) }
}

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  return typeof address === 'object' && address ? address.port : 0
}

/** ministack from PyPI, or undefined where it cannot be installed. */
export const startMinistack = async (): Promise<Platform | undefined> => {
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--root-user-action=ignore']
  if (!existsSync(join(packages, 'ministack'))) {
    const install = spawn('python3', [...pip, '--target', packages, `ministack==${ministack}`], {
      stdio: ['ignore', 'ignore', 'ignore'],
    })
    const [code] = await once(install, 'exit')
    if (code !== 0) return undefined
  }
  const state = await mkdtemp(join(tmpdir(), 'ministack-bench-'))
  const port = await freePort()
  const endpoint = `http://127.0.0.1:${port}`
  const since = performance.now()
  const child = spawn('python3', ['-m', 'ministack'], {
    cwd: state,
    env: { ...process.env, PYTHONPATH: packages, GATEWAY_PORT: String(port), LOG_LEVEL: 'ERROR', TMPDIR: state },
    stdio: 'ignore',
  })
  for (;;) {
    const up = await fetch(`${endpoint}/_ministack/health`).catch(() => undefined)
    if (up?.ok) break
    if (child.exitCode !== null || performance.now() - since > 60_000) return undefined
    await wait(20)
  }
  const readyMs = performance.now() - since
  const keys = { accessKeyId: 'test', secretAccessKey: 'test' }
  const name = `ministack ${ministack}`
  return { ...keys, endpoint, name, pid: child.pid ?? Number.NaN, readyMs, end: () => end(child, state) }
}
