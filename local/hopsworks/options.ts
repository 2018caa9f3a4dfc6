import { parseArgs } from 'node:util'

export interface Options {
  readonly state: string
  readonly region: string
  readonly port?: number
  readonly vectorsPort?: number
  readonly kafkaPort?: number
}

export const usage = `usage: node local/hopsworks/main.ts --state DIR [options]

  --state DIR        keys, certificates, metadata, topics and both stores
  --port N           the management API (8443, or a free port; then the one of the last start)
  --vectors-port N   the feature server (4406, likewise)
  --kafka-port N     Kafka (9092, likewise)
  --region REGION    of connectors that name none (us-east-1)
  --help             show this
`

/** What was typed is no use; its message says why. */
export class WrongUsage extends Error {
  override readonly name = 'WrongUsage'
}

const port = (name: string, value: string | undefined) => {
  if (value === undefined) return undefined
  const number = Number(value)
  if (!Number.isInteger(number) || number < 0 || number > 65_535) throw new WrongUsage(`--${name} ${value} is no port`)
  return number
}

const parse = (args: readonly string[]) => {
  const text = { type: 'string' } as const
  const ports = { port: text, 'vectors-port': text, 'kafka-port': text }
  try {
    const options = { state: text, region: text, ...ports, help: { type: 'boolean' } } as const
    return parseArgs({ args: [...args], options }).values
  } catch (error) {
    throw new WrongUsage(error instanceof Error ? error.message : String(error))
  }
}

/** Reads the command line; undefined where only help is asked for. Throws WrongUsage. */
export const readOptions = (args: readonly string[]): Options | undefined => {
  const values = parse(args)
  if (values.help) return undefined
  if (!values.state) throw new WrongUsage('--state is missing')
  const ports = {
    port: port('port', values.port),
    vectorsPort: port('vectors-port', values['vectors-port']),
    kafkaPort: port('kafka-port', values['kafka-port']),
  }
  const given = Object.fromEntries(Object.entries(ports).filter(([, value]) => value !== undefined))
  return { state: values.state, region: values.region ?? 'us-east-1', ...given }
}
