import { join } from 'node:path'
import type { Authority, Certificate } from './certificates.ts'
import { freePorts, node } from './broker.ts'
import type { ClusterFiles, Node } from './broker.ts'
import { peer } from './peer.ts'
import type { Access, Peer } from './peer.ts'
import type { Pems, TopicSettings } from './topic.ts'

/** Two brokers and their controller, and whoever speaks to them. */
export interface Stage {
  readonly files: ClusterFiles
  readonly authority: Authority
  readonly brokers: readonly [Node, Node]
  readonly bootstrap: string
  readonly saslBootstrap: string
  readonly access: Access
  readonly client: Certificate
  readonly peer: Peer
  /** A topic with four partitions on both brokers, led by them in turn. */
  topic(name: string, config?: Record<string, string>): Promise<TopicSettings>
  stop(): Promise<void>
}

export const pemsOf = ({ ca }: Authority, { cert, key }: Certificate): Pems => ({
  caChain: ca,
  clientCert: cert,
  clientKey: key,
})

/** Leaders of a topic of the stage when all is well. */
export const preferredLeaders = [2, 3, 2, 3]

export async function openStage(
  classes: string,
  packages: string,
  folder: string,
  authority: Authority,
): Promise<Stage> {
  const files: ClusterFiles = { classes, folder: join(folder, 'cluster'), authority }
  const [controllerPort = 0, first = 0, second = 0, firstSasl = 0, secondSasl = 0] = await freePorts(5)
  const controller = { id: 1, port: controllerPort }
  const [control, ...brokers] = await Promise.all([
    node(files, { id: 1, roles: 'controller', port: 0, controller, scramUsers: true }),
    node(files, { id: 2, roles: 'broker', port: first, controller, saslPort: firstSasl }),
    node(files, { id: 3, roles: 'broker', port: second, controller, saslPort: secondSasl }),
  ])
  const client = await authority.issue('demo__ann')
  const bootstrap = `127.0.0.1:${first},127.0.0.1:${second}`
  const access = { bootstrap, ca: authority.caFile, cert: client.certFile, key: client.keyFile }
  const other = peer(packages)
  await control.start()
  await Promise.all(brokers.map((broker) => broker.start()))
  return {
    files,
    authority,
    brokers,
    bootstrap,
    saslBootstrap: `127.0.0.1:${firstSasl}`,
    access,
    client,
    peer: other,
    async topic(topic, config) {
      await other.createTopic(
        access,
        topic,
        preferredLeaders.map((leader) => [leader, 5 - leader]),
        config,
      )
      return { topic, bootstrap, credentials: () => pemsOf(authority, client) }
    },
    async stop() {
      await Promise.all(brokers.map((broker) => broker.stop('SIGKILL')))
      await control.stop('SIGKILL')
    },
  }
}
