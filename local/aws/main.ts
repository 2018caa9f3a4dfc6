import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { createPlatform } from './core/create-platform.ts'
import { services } from './services/index.ts'

const usualPort = 4566

const { values } = parseArgs({
  options: {
    state: { type: 'string' },
    port: { type: 'string' },
    pace: { type: 'string', default: '1' },
    python: { type: 'string', default: 'python3' },
    quiet: { type: 'boolean', default: false },
  },
})
if (!values.state) {
  process.stderr.write('usage: main.ts --state DIR [--port N] [--pace N] [--python PATH] [--quiet]\n')
  process.exit(2)
}

const stateDir = resolve(values.state)
const portFile = join(stateDir, 'port')
const rememberedPort = () => {
  try {
    return Number(readFileSync(portFile, 'utf8'))
  } catch {
    return usualPort
  }
}

const open = (port: number) =>
  createPlatform({
    stateDir,
    services,
    port,
    pace: Number(values.pace),
    python: values.python,
    onLog: (line) => {
      if (!values.quiet) process.stderr.write(`${JSON.stringify(line)}\n`)
    },
  })

const running = await (values.port
  ? open(Number(values.port))
  : open(rememberedPort()).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EADDRINUSE') throw error
      return open(0)
    }))

const { platform, accessKeyId, secretAccessKey } = running
writeFileSync(portFile, new URL(platform.url).port)

let ending = false
const end = () => {
  if (ending) return
  ending = true
  running.close().then(
    () => process.exit(0),
    (error: unknown) => {
      process.stderr.write(`${String(error)}\n`)
      process.exit(1)
    },
  )
}
process.on('SIGTERM', end)
process.on('SIGINT', end)
process.on('disconnect', end)

const { url: endpoint, region, account } = platform
process.stdout.write(`${JSON.stringify({ endpoint, region, account, accessKeyId, secretAccessKey })}\n`)
