import { startHopsworks } from './hopsworks.ts'
import { log } from './log.ts'
import type { Options } from './options.ts'
import { readOptions, usage, WrongUsage } from './options.ts'

const patienceMs = 8_000

const serve = async (options: Options) => {
  const { ready, close } = await startHopsworks(options)
  let ending = false
  const end = async (reason: string) => {
    if (ending) return
    ending = true
    log('info', 'ending', { reason })
    setTimeout(() => process.exit(1), patienceMs).unref() // a job may hang on a bucket that does not answer
    await close()
    process.exit(0)
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void end(signal))
  process.on('disconnect', () => void end('the parent is gone'))
  log('info', 'ready', { url: ready.url, vectors: ready.vectors.port, kafka: ready.kafka.port })
  process.stdout.write(`${JSON.stringify(ready)}\n`)
}

try {
  const options = readOptions(process.argv.slice(2))
  if (options) await serve(options)
  else process.stdout.write(usage)
} catch (error) {
  if (error instanceof WrongUsage) {
    process.stderr.write(`${error.message}\n\n${usage}`)
    process.exit(2)
  }
  log('error', 'not started', { reason: error instanceof Error ? error.message : String(error) })
  process.exit(1)
}
