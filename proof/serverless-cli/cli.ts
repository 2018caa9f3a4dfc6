import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import { promisify } from 'node:util'
import type { LocalAws } from '../local-aws.ts'

const serverless = createRequire(import.meta.url).resolve('serverless/bin/serverless.js')
const execute = promisify(execFile)

const outputOf = (value: unknown, stream: 'stdout' | 'stderr') =>
  typeof value === 'object' && value !== null && stream in value ? String(Reflect.get(value, stream)) : ''

export interface Ran {
  readonly ok: boolean
  /** Both streams. */
  readonly printed: string
  readonly seconds: number
}

/** The real command line of `serverless` in a service's folder; `home` keeps its files away from the user's. */
export const serverlessIn =
  (folder: string, { environment }: LocalAws, home: string) =>
  async (...args: readonly string[]): Promise<Ran> => {
    const since = performance.now()
    const env = { ...environment, HOME: home, FORCE_COLOR: '0' }
    const run = execute(process.execPath, [serverless, ...args], { cwd: folder, env, maxBuffer: 2 ** 26 })
    const { ok, value } = await run.then(
      (value: unknown) => ({ ok: true, value }),
      (value: unknown) => ({ ok: false, value }),
    )
    const ran = {
      ok,
      printed: outputOf(value, 'stdout') + outputOf(value, 'stderr'),
      seconds: (performance.now() - since) / 1000,
    }
    process.stdout.write(`  serverless ${args.join(' ')} (${ran.seconds.toFixed(1)} s)\n`)
    return ran
  }
