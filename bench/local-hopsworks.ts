import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import * as z from 'zod'

const ready = z.object({
  url: z.url(),
  project: z.string(),
  apiKey: z.string(),
  readerKey: z.string(),
  ca: z.string(),
  vectors: z.object({ host: z.string(), port: z.int() }),
})

export type LocalHopsworks = z.output<typeof ready> & {
  readonly caPem: string
  readonly pid: number
}

/** The local Hopsworks, a process of its own on free ports, for as long as the work takes; it ends with this one, too. */
export async function withLocalHopsworks(work: (server: LocalHopsworks) => Promise<void>): Promise<void> {
  const state = await mkdtemp(join(tmpdir(), 'hopsworks-bench-'))
  const main = join(dirname(import.meta.dirname), 'local', 'hopsworks', 'main.ts')
  const ports = ['port', 'vectors-port', 'kafka-port', 'search-port'].flatMap((name) => [`--${name}`, '0'])
  const server = spawn(process.execPath, [main, '--state', state, ...ports], {
    stdio: ['ignore', 'pipe', 'ignore', 'ipc'],
  })
  try {
    const [line] = await once(createInterface({ input: server.stdout! }), 'line')
    const told = ready.parse(JSON.parse(String(line)))
    await work({ ...told, caPem: await readFile(told.ca, 'utf8'), pid: server.pid ?? 0 })
  } finally {
    server.kill('SIGTERM')
    await once(server, 'exit')
    await rm(state, { recursive: true })
  }
}
