import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import * as z from 'zod'
import { flowSchema } from './topic.ts'

/** How the other client reaches a cluster: addresses, and files with PEM in them. */
export interface Access {
  readonly bootstrap: string
  readonly ca: string
  readonly cert: string
  readonly key: string
}

const found = z.object({
  partitions: z.array(z.object({ messages: z.int(), marked: z.int() })),
  keys: z.record(z.string(), z.array(z.int().nullable())),
  rows: z.array(
    z.object({
      key: z.string(),
      headers: z.record(z.string(), z.string()),
      row: z.record(z.string(), z.unknown()),
    }),
  ),
})

/** What the other client found in a topic. */
export type Found = z.output<typeof found>

/** Runs the other client; its packages lie in a folder. */
export const peer = (packages: string) => {
  const run = async (command: object): Promise<unknown> => {
    const child = spawn('python3', [join(import.meta.dirname, 'peer.py')], {
      env: { ...process.env, PYTHONPATH: packages },
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    child.stdin.end(JSON.stringify(command))
    const [said, complained, code] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      new Promise((resolve) => child.once('close', resolve)),
    ])
    if (code !== 0) throw new Error(`the other client failed: ${complained.slice(-2_000)}`)
    return JSON.parse(said)
  }
  return {
    createTopic: (access: Access, topic: string, replicas: number[][], config: Record<string, string> = {}) =>
      run({ do: 'create', ...access, topic, replicas, config }),
    /** Resolves when each partition is led as told. */
    ledBy: (access: Access, topic: string, leaders: number[]) => run({ do: 'led_by', ...access, topic, leaders }),
    /** @param acknowledged by partition: after how many messages the digest is wanted */
    read: async (
      access: Access,
      topic: string,
      schema: string = flowSchema,
      acknowledged: readonly number[],
      complex: Record<string, unknown> = {},
    ): Promise<Found> => found.parse(await run({ do: 'read', ...access, topic, schema, acknowledged, complex })),
  }
}

export type Peer = ReturnType<typeof peer>
