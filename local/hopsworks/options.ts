import { parseArgs } from 'node:util'

export interface Options {
  readonly state: string
  readonly region: string
  readonly port?: number
  readonly vectorsPort?: number
  readonly kafkaPort?: number
}

const usage = 'usage: node main.ts --state DIR [--port N] [--vectors-port N] [--kafka-port N] [--region us-east-1]'

const port = (name: string, value: string | undefined) => {
  if (value === undefined) return undefined
  const number = Number(value)
  if (!Number.isInteger(number) || number < 0 || number > 65_535)
    throw new Error(`--${name} ${value} is no port\n${usage}`)
  return number
}

export const readOptions = (args: readonly string[]): Options => {
  const text = { type: 'string' } as const
  const { values } = parseArgs({
    args: [...args],
    options: { state: text, port: text, 'vectors-port': text, 'kafka-port': text, region: text },
  })
  if (!values.state) throw new Error(usage)
  const ports = {
    port: port('port', values.port),
    vectorsPort: port('vectors-port', values['vectors-port']),
    kafkaPort: port('kafka-port', values['kafka-port']),
  }
  const given = Object.fromEntries(Object.entries(ports).filter(([, value]) => value !== undefined))
  return { state: values.state, region: values.region ?? 'us-east-1', ...given }
}
