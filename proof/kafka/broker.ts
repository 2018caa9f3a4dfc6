import { execFile, spawn } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { createServer, connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import type { Authority } from './certificates.ts'

/** One node of a Kafka cluster (KRaft), a process of its own. */
export interface Node {
  readonly id: number
  /** Where clients with a certificate connect. */
  readonly port: number
  start(): Promise<void>
  /** SIGTERM hands the leadership over, SIGKILL does not. */
  stop(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>
}

export interface ClusterFiles {
  readonly classes: string
  readonly folder: string
  readonly authority: Authority
}

export interface NodeSettings {
  readonly id: number
  readonly roles: string
  readonly port: number
  readonly controller: { readonly id: number; readonly port: number }
  /** Where clients with a password connect. */
  readonly saslPort?: number
  /** A controller keeps the users of SCRAM from the beginning. */
  readonly scramUsers?: boolean
  readonly logDir?: string
  readonly properties?: Readonly<Record<string, string | number>>
}

const clusterId = 'aG9wbGluZS1wcm9vZi1rYQ'
const jvm = ['-Xms192m', '-Xmx384m', '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC']

export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer())
  const ports = await Promise.all(
    servers.map(
      (server) =>
        new Promise<number>((resolve, reject) => {
          server.listen(0, '127.0.0.1', () => {
            const address = server.address()
            if (address === null || typeof address === 'string') reject(new Error('no port'))
            else resolve(address.port)
          })
        }),
    ),
  )
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
  return ports
}

const notRunning: Node['stop'] = async () => {}

/** Formats a node's storage; `start` runs it. */
export async function node(files: ClusterFiles, settings: NodeSettings): Promise<Node> {
  const { id, port, roles, controller } = settings
  const folder = join(files.folder, `node-${id}`)
  await mkdir(folder, { recursive: true })
  const file = join(folder, 'server.properties')
  await writeFile(file, await propertiesOf(files, settings, folder))
  await writeFile(join(folder, 'log4j.properties'), log4j)
  const java = (...args: string[]) => [
    ...jvm,
    `-Dlog4j.configuration=file:${join(folder, 'log4j.properties')}`,
    '-cp',
    `${files.classes}/*`,
    ...args,
  ]
  const users = settings.scramUsers
    ? ['256', '512'].flatMap((bits) => ['--add-scram', `SCRAM-SHA-${bits}=[name=ann,password=correct]`])
    : []
  const format = java('kafka.tools.StorageTool', 'format', '--cluster-id', clusterId, '--config', file, ...users)
  await promisify(execFile)('java', format)

  let end: Node['stop'] = notRunning
  return {
    id,
    port,
    async start() {
      const log = createWriteStream(join(folder, 'broker.log'), { flags: 'a' })
      const started = spawn('java', java('kafka.Kafka', file), { stdio: ['ignore', 'pipe', 'pipe'] })
      started.stdout.pipe(log, { end: false })
      started.stderr.pipe(log, { end: false })
      process.once('exit', () => started.kill('SIGKILL'))
      const ended = new Promise<void>((resolve) => started.once('exit', () => resolve()))
      end = (signal) => {
        started.kill(signal)
        return ended
      }
      await listening(roles.includes('broker') ? port : controller.port, () => started.exitCode === null)
    },
    stop: (signal) => end(signal),
  }
}

async function listening(port: number, alive: () => boolean): Promise<void> {
  for (const until = Date.now() + 60_000; Date.now() < until && alive(); await sleep(50)) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true))
      socket.once('error', () => resolve(false))
      socket.once('connect', () => socket.destroy())
    })
    if (open) return
  }
  throw new Error(`no broker on port ${port}: see its broker.log`)
}

async function propertiesOf({ authority }: ClusterFiles, settings: NodeSettings, folder: string): Promise<string> {
  const { id, roles, port, controller, saslPort, logDir = join(folder, 'data'), properties = {} } = settings
  const { cert, key } = await authority.issue(`node-${id}`)
  const keyStore = join(folder, 'keystore.pem')
  await writeFile(keyStore, key + cert)
  const listeners = [
    ...(roles.includes('controller') ? [`CONTROLLER://127.0.0.1:${controller.port}`] : []),
    ...(roles.includes('broker') ? [`SSL://127.0.0.1:${port}`] : []),
    ...(saslPort ? [`SASL_SSL://127.0.0.1:${saslPort}`] : []),
  ]
  const scram = 'org.apache.kafka.common.security.scram.ScramLoginModule required;'
  const all: Readonly<Record<string, string | number>> = {
    'process.roles': roles,
    'node.id': id,
    'controller.quorum.voters': `${controller.id}@127.0.0.1:${controller.port}`,
    'controller.listener.names': 'CONTROLLER',
    listeners: listeners.join(','),
    'listener.security.protocol.map': 'CONTROLLER:PLAINTEXT,SSL:SSL,SASL_SSL:SASL_SSL',
    ...(roles.includes('broker') && { 'inter.broker.listener.name': 'SSL' }),
    'ssl.keystore.type': 'PEM',
    'ssl.keystore.location': keyStore,
    'ssl.truststore.type': 'PEM',
    'ssl.truststore.location': authority.caFile,
    'ssl.endpoint.identification.algorithm': '',
    'listener.name.ssl.ssl.client.auth': 'required',
    'listener.name.sasl_ssl.ssl.client.auth': 'none',
    'listener.name.sasl_ssl.sasl.enabled.mechanisms': 'PLAIN,SCRAM-SHA-256,SCRAM-SHA-512',
    'listener.name.sasl_ssl.plain.sasl.jaas.config':
      'org.apache.kafka.common.security.plain.PlainLoginModule required user_ann="correct";',
    'listener.name.sasl_ssl.scram-sha-256.sasl.jaas.config': scram,
    'listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config': scram,
    'log.dirs': logDir,
    'metadata.log.dir': join(folder, 'metadata'),
    'broker.session.timeout.ms': 3_000, // a killed broker is noticed soon
    'broker.heartbeat.interval.ms': 500,
    'replica.lag.time.max.ms': 3_000,
    'leader.imbalance.check.interval.seconds': 2, // leaders go back to where they belong soon
    'leader.imbalance.per.broker.percentage': 0,
    'auto.create.topics.enable': 'false',
    'offsets.topic.replication.factor': 1,
    'offsets.topic.num.partitions': 1,
    'group.initial.rebalance.delay.ms': 0,
    ...properties,
  }
  return Object.entries(all)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('')
}

const log4j = `log4j.rootLogger=WARN, out
log4j.appender.out=org.apache.log4j.ConsoleAppender
log4j.appender.out.layout=org.apache.log4j.PatternLayout
log4j.appender.out.layout.ConversionPattern=%d{ISO8601} %p %c: %m%n
`
