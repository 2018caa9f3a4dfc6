import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import * as z from 'zod'

const awsReady = z.object({
  endpoint: z.url(),
  region: z.string(),
  accessKeyId: z.string(),
  secretAccessKey: z.string(),
})
const hopsworksReady = z.object({
  url: z.url(),
  project: z.string(),
  apiKey: z.string(),
  readerKey: z.string(),
  ca: z.string(),
  vectors: z.object({ host: z.string(), port: z.int() }),
  search: z.object({ host: z.string(), port: z.int() }),
})

const servers = join(import.meta.dirname, '../../../local')

const start = async <T extends z.ZodType>(name: string, state: string, ready: T, args: string[], env = {}) => {
  const child = spawn(process.execPath, [join(servers, name, 'main.ts'), '--state', join(state, name), ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  const said: string[] = []
  child.stderr?.on('data', (chunk: Buffer) => said.push(chunk.toString()))
  const line = await new Promise<string>((resolve, reject) => {
    if (child.stdout) createInterface({ input: child.stdout }).once('line', resolve)
    child.once('exit', () => reject(new Error(`${name} ended before it was ready: ${said.join('')}`)))
  })
  return { child, ready: ready.parse(JSON.parse(line)) }
}

const ended = (child: ChildProcess) =>
  new Promise<void>((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve()
    child.once('exit', () => resolve())
    child.kill('SIGTERM')
    return undefined
  })

/** A local AWS and a local Hopsworks, processes of their own and reached by sockets only. */
export const startLocalPlatform = async () => {
  const state = await mkdtemp(join(tmpdir(), 'hopsworks-client-'))
  const aws = await start('aws', state, awsReady, ['--port', '0'])
  const { endpoint, region, accessKeyId, secretAccessKey } = aws.ready
  const own = { AWS_ENDPOINT_URL: endpoint, AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey }
  const ports = ['port', 'vectors-port', 'kafka-port', 'search-port'].flatMap((name) => [`--${name}`, '0'])
  const hopsworks = await start('hopsworks', state, hopsworksReady, ports, own)
  let { child } = hopsworks
  return {
    aws: { endpoint, region, credentials: { accessKeyId, secretAccessKey } },
    hopsworks: { ...hopsworks.ready, ca: await readFile(hopsworks.ready.ca, 'utf8') },
    /** Ends Hopsworks and starts it again, on the ports and the data that it had. */
    restartHopsworks: async () => {
      await ended(child)
      ;({ child } = await start('hopsworks', state, hopsworksReady, [], own))
    },
    close: async () => {
      await ended(child)
      await ended(aws.child)
      await rm(state, { recursive: true })
    },
  }
}
