import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { messageOf } from './message-of.ts'
import { root } from './root.ts'

const flags = {
  state: { type: 'string', help: 'DIR     where data, logs and installed Python packages live (default .hopline)' },
  port: { type: 'string', help: 'N        port of the local AWS (default 4566, or the next free one)' },
  json: { type: 'boolean', help: '         one line of JSON on stdout when ready, nothing else' },
  empty: { type: 'boolean', help: '        start without deploying' },
  exit: { type: 'boolean', help: '         end after the prediction' },
  help: { type: 'boolean', help: '         show this' },
} as const

type Flag = keyof typeof flags

export interface Options {
  readonly state: string
  readonly port: number | undefined
  readonly json: boolean
  readonly empty: boolean
  readonly exit: boolean
}

const end = (code: number, text: string): never => {
  process[code === 0 ? 'stdout' : 'stderr'].write(text)
  process.exit(code)
}

/** Reads a command's flags; `--help` and mistakes print the usage and end the process. */
export const readOptions = (command: string, does: string, allowed: readonly Flag[]): Options => {
  const options = Object.fromEntries([...allowed, 'help' as const].map((name) => [name, { type: flags[name].type }]))
  const usage = [
    `npm ${command} -- [options]`,
    '',
    `  ${does}`,
    '',
    ...[...allowed, 'help' as const].map((name) => `  --${name} ${flags[name].help}`),
    '',
  ].join('\n')
  try {
    const { values } = parseArgs({ options, strict: true })
    if (values['help']) end(0, usage)
    const port = values['port'] === undefined ? undefined : Number(values['port'])
    if (port !== undefined && !(Number.isInteger(port) && port > 0 && port < 65_536))
      end(2, `--port ${values['port']} is no port\n`)
    return {
      state: resolve(root, String(values['state'] ?? '.hopline')),
      port,
      json: values['json'] === true,
      empty: values['empty'] === true,
      exit: values['exit'] === true,
    }
  } catch (error) {
    return end(2, `${messageOf(error)}\n\n${usage}`)
  }
}
