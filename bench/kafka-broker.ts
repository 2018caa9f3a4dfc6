import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import * as z from 'zod'

const ready = z.object({
  tls: z.string(),
  plain: z.string(),
  caChain: z.string(),
  clientCert: z.string(),
  clientKey: z.string(),
})

export type KafkaBroker = z.output<typeof ready>

/** A real Kafka broker, as the proof starts it, for as long as the work takes. */
export async function withKafkaBroker(work: (broker: KafkaBroker) => Promise<void>): Promise<void> {
  const serve = join(dirname(import.meta.dirname), 'proof', 'kafka', 'serve.ts')
  const server = spawn(process.execPath, [serve], { stdio: ['pipe', 'pipe', 'inherit'] })
  const ended = once(server, 'exit')
  const lines = createInterface({ input: server.stdout })
  const told = await Promise.race([once(lines, 'line'), ended.then(() => undefined)])
  if (!told) throw new Error('the broker did not start')
  try {
    await work(ready.parse(JSON.parse(String(told[0]))))
  } finally {
    server.stdin.end()
    await ended
  }
}
