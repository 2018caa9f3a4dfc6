import { parseArgs } from 'node:util'
import type { KeyScope } from './keys.ts'
import { keyScope } from './keys.ts'
import type { KafkaSecurity } from './kafka/security.ts'
import { kafkaSecurity } from './kafka/security.ts'
import type { VersionName } from './server-version.ts'
import { versionName } from './server-version.ts'

export interface Options {
  readonly state: string
  readonly region: string
  readonly version: VersionName
  readonly kafka: KafkaSecurity
  /** Keys beside those of the writer and the reader, by name. */
  readonly keys: ReadonlyMap<string, readonly KeyScope[]>
  readonly port?: number
  readonly vectorsPort?: number
  readonly kafkaPort?: number
  readonly searchPort?: number
}

export const usage = `usage: node local/hopsworks/main.ts --state DIR [options]

  --state DIR        keys, certificates, metadata, topics and both stores
  --version V        the server that is played: ${versionName.options.join(' or ')} (5.2)
  --key NAME=SCOPES  one more API key, with some of ${keyScope.options.join(', ')};
                     may be repeated
  --kafka SECURITY   ${kafkaSecurity.options.join(' or ')} (SSL, with certificates of the project)
  --port N           the management API (8443, or a free port; then the one of the last start)
  --vectors-port N   the feature server (4406, likewise)
  --kafka-port N     Kafka (9092, likewise)
  --search-port N    OpenSearch (9200, likewise)
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

const key = (text: string): [string, KeyScope[]] => {
  const [, name, listed] = /^([\w-]+)=(.*)$/.exec(text) ?? []
  const scopes = keyScope.array().safeParse(listed?.split(',').filter(Boolean))
  if (name === undefined || !scopes.success) throw new WrongUsage(`--key ${text} is no NAME=SCOPE,SCOPE`)
  return [name, scopes.data]
}

const parse = (args: readonly string[]) => {
  const text = { type: 'string' } as const
  const ports = { port: text, 'vectors-port': text, 'kafka-port': text, 'search-port': text }
  const keys = { type: 'string', multiple: true } as const
  try {
    const options = {
      state: text,
      region: text,
      version: text,
      kafka: text,
      key: keys,
      ...ports,
      help: { type: 'boolean' },
    } as const
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
  const version = versionName.safeParse(values.version ?? '5.2')
  if (!version.success) throw new WrongUsage(`--version ${values.version} is none of ${versionName.options.join(', ')}`)
  const kafka = kafkaSecurity.safeParse(values.kafka ?? 'SSL')
  if (!kafka.success) throw new WrongUsage(`--kafka ${values.kafka} is none of ${kafkaSecurity.options.join(', ')}`)
  const ports = {
    port: port('port', values.port),
    vectorsPort: port('vectors-port', values['vectors-port']),
    kafkaPort: port('kafka-port', values['kafka-port']),
    searchPort: port('search-port', values['search-port']),
  }
  const given = Object.fromEntries(Object.entries(ports).filter(([, value]) => value !== undefined))
  return {
    state: values.state,
    region: values.region ?? 'us-east-1',
    version: version.data,
    kafka: kafka.data,
    keys: new Map((values.key ?? []).map(key)),
    ...given,
  }
}
