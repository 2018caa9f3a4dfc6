import { execFileSync, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Agent, request } from 'undici'
import type { Ready } from '../hopsworks.ts'

const main = join(import.meta.dirname, '../main.ts')

/** For servers that are beside others. */
export const freePorts = ['port', 'vectors-port', 'kafka-port', 'search-port'].flatMap((name) => [`--${name}`, '0'])

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

export interface Reply {
  readonly status: number
  // eslint-disable-next-line typescript/no-explicit-any
  readonly body: any
}

/** A local Hopsworks in a process of its own, as its users meet it. */
export const startProcess = async (state: string, options: { args?: string[]; env?: NodeJS.ProcessEnv } = {}) => {
  const args = [main, '--state', state, ...(options.args ?? freePorts)]
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  const logs: string[] = []
  createInterface({ input: child.stderr! }).on('line', (line) => logs.push(line))
  const ready = await new Promise<Ready>((resolve, reject) => {
    createInterface({ input: child.stdout! }).once('line', (line) => resolve(JSON.parse(line)))
    child.once('exit', () => reject(new Error(logs.join('\n'))))
  })
  const ca = readFileSync(ready.ca, 'utf8')
  const dispatcher = new Agent({ connect: { ca } })

  const send = async (url: string, method: Method, headers: Record<string, string>, body?: unknown): Promise<Reply> => {
    const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body)
    const reply = await request(url, {
      dispatcher,
      method,
      headers,
      ...(text === undefined ? {} : { body: text }),
    })
    const answer = await reply.body.text()
    const json = String(reply.headers['content-type']).includes('json')
    return { status: reply.statusCode, body: json ? JSON.parse(answer) : answer }
  }
  return {
    ready,
    ca,
    logs,
    child,
    /** A request of the management API below `/hopsworks-api/api/`. */
    rest: (method: Method, path: string, body?: unknown, key = ready.apiKey) =>
      send(`${ready.url}/hopsworks-api/api/${path}`, method, { authorization: `ApiKey ${key}` }, body),
    search: (path: string, body: unknown, token: string) =>
      send(`https://127.0.0.1:${ready.search.port}/${path}`, 'POST', { authorization: token }, body),
    vectors: (path: string, body: unknown, key: string | null = ready.readerKey) =>
      send(
        `https://127.0.0.1:${ready.vectors.port}/0.1.0/${path}`,
        'POST',
        key === null ? {} : { 'x-api-key': key },
        body,
      ),
    async stop() {
      await dispatcher.close()
      if (child.exitCode !== null) return child.exitCode
      const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      return ended
    },
  }
}
export type Hopsworks = Awaited<ReturnType<typeof startProcess>>

/** The memory that a process holds, in MiB. */
export const residentMiB = (pid: number | undefined): number =>
  Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1_024

/** Asks until the answer is what is wanted. */
export const until = async <T>(ask: () => Promise<T>, wanted: (answer: T) => boolean): Promise<T> => {
  for (let tries = 0; tries < 200; tries++) {
    const answer = await ask()
    if (wanted(answer)) return answer
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  throw new Error('it did not come to that in time')
}
