import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, open } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import * as z from 'zod'

const readyLine = z.object({
  endpoint: z.url(),
  region: z.string(),
  account: z.string(),
  accessKeyId: z.string(),
  secretAccessKey: z.string(),
})

/** A local AWS for one suite, and the environment by which any client of AWS finds it. */
export interface LocalAws extends z.infer<typeof readyLine> {
  readonly environment: Readonly<Record<string, string>>
  end(): Promise<void>
}

/** Nothing of the caller's AWS settings reaches a suite. */
const ownEnvironment = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value = '']) => (name.startsWith('AWS_') ? [] : [[name, value]])),
  )

/** Starts the local AWS on `state`; its log lies beside the state. */
export const startLocalAws = async (state: string, ...more: readonly string[]): Promise<LocalAws> => {
  await mkdir(state, { recursive: true })
  const log = await open(join(state, 'platform.log'), 'a')
  const main = join(dirname(import.meta.dirname), 'local', 'aws', 'main.ts')
  const child = spawn(process.execPath, [main, '--state', state, '--port', '0', ...more], {
    env: ownEnvironment(),
    stdio: ['ignore', 'pipe', log.fd],
  })
  const ended = once(child, 'exit')
  const [line] = await Promise.race([
    once(createInterface({ input: child.stdout ?? process.stdin }), 'line'),
    ended.then(([code]) => {
      throw new Error(`the local AWS ended with ${code} before it was ready; its log: ${join(state, 'platform.log')}`)
    }),
  ])
  const ready = readyLine.parse(JSON.parse(String(line)))
  return {
    ...ready,
    environment: {
      ...ownEnvironment(),
      AWS_ENDPOINT_URL: ready.endpoint,
      AWS_REGION: ready.region,
      AWS_DEFAULT_REGION: ready.region,
      AWS_ACCESS_KEY_ID: ready.accessKeyId,
      AWS_SECRET_ACCESS_KEY: ready.secretAccessKey,
    },
    end: async () => {
      child.kill('SIGTERM')
      await ended
      await log.close()
    },
  }
}
