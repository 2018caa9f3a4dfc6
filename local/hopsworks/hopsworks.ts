import { randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import type { Server } from 'node:net'
import { join, resolve } from 'node:path'
import { JobRunner } from './jobs/job-runner.ts'
import { kafkaListener } from './kafka/listener.ts'
import { Topics } from './kafka/topics.ts'
import { openKeys, reader, writer } from './keys.ts'
import { openMetadata } from './metadata/metadata.ts'
import { OnlineFs } from './online/onlinefs.ts'
import type { Options } from './options.ts'
import { keepPorts, listen, readPorts } from './ports.ts'
import { project, projectUser } from './project.ts'
import { routes } from './rest/routes.ts'
import { restServer } from './rest/server.ts'
import { searchServer } from './search/server.ts'
import { serverVersion } from './server-version.ts'
import { openStore } from './store.ts'
import { certificates } from './tls/authority.ts'
import { FeatureServer } from './vectors/feature-server.ts'
import { vectorServer } from './vectors/server.ts'

const host = '127.0.0.1'

/** What a started Hopsworks says of itself. */
export interface Ready {
  readonly url: string
  readonly project: string
  readonly projectId: number
  readonly featureStoreId: number
  /** The writer's key, with every scope. */
  readonly apiKey: string
  readonly readerKey: string
  /** What `--key` asked for, by name. */
  readonly keys: Readonly<Record<string, string>>
  /** The file of the certificate authority, PEM. */
  readonly ca: string
  readonly vectors: { readonly host: string; readonly port: number }
  readonly kafka: { readonly host: string; readonly port: number }
  readonly search: { readonly host: string; readonly port: number }
}

const closed = (server: Server & { closeAllConnections: () => void }) =>
  new Promise<void>((done) => {
    server.close(() => done())
    server.closeAllConnections()
  })

/** Starts the management API, the Kafka listener and the feature server on what the state folder holds. */
export const startHopsworks = async (options: Options): Promise<{ ready: Ready; close: () => Promise<void> }> => {
  const state = resolve(options.state)
  mkdirSync(state, { recursive: true, mode: 0o700 })
  const store = openStore(join(state, 'hopsworks.sqlite'))
  const keys = openKeys(join(state, 'keys.json'), options.keys)
  const users = [writer, reader].map(({ username }) => projectUser(username))
  const authority = certificates(join(state, 'tls'), users)
  const metadata = openMetadata(store)
  const topics = new Topics(join(state, 'kafka'), [project.onlineTopic, project.offlineTopic])
  const { region } = options
  const server = serverVersion(options.version)
  const { rowHeaders } = server
  const jobs = new JobRunner({ metadata, topics, region, state, rowHeaders })
  const onlinefs = new OnlineFs({ store, metadata, topics, topic: project.onlineTopic, rowHeaders })

  const endpoints = { rest: 0, vectors: 0, kafka: 0, search: 0 }
  const searchToken = randomUUID()
  const broker = { host, port: 0 }
  const services = {
    server,
    kafka: options.kafka,
    store,
    metadata,
    topics,
    certificates: authority,
    jobs,
    region,
    endpoints,
    searchToken,
  }
  const rest = restServer({ certificates: authority, keys, routes: routes(services) })
  const vectors = vectorServer({ certificates: authority, keys, features: new FeatureServer(store, metadata) })
  const producers = new Set([projectUser(writer.username)])
  const kafka = kafkaListener({ security: options.kafka, certificates: authority, topics, producers, broker })

  const search = searchServer({ certificates: authority, token: searchToken, ingestions: metadata.onlineIngestions })

  const portsFile = join(state, 'ports.json')
  const last = readPorts(portsFile)
  endpoints.rest = await listen(rest, options.port ?? last.rest, options.port !== undefined)
  endpoints.vectors = await listen(vectors, options.vectorsPort ?? last.vectors, options.vectorsPort !== undefined)
  endpoints.kafka = await listen(kafka, options.kafkaPort ?? last.kafka, options.kafkaPort !== undefined)
  endpoints.search = await listen(search, options.searchPort ?? last.search, options.searchPort !== undefined)
  broker.port = endpoints.kafka
  keepPorts(portsFile, endpoints)
  onlinefs.wake()

  return {
    ready: {
      url: `https://${host}:${endpoints.rest}`,
      project: project.name,
      projectId: project.id,
      featureStoreId: project.featureStoreId,
      apiKey: keys.writer,
      readerKey: keys.reader,
      keys: keys.named,
      ca: authority.ca,
      vectors: { host, port: endpoints.vectors },
      kafka: { host, port: endpoints.kafka },
      search: { host, port: endpoints.search },
    },
    close: async () => {
      await Promise.all([closed(rest), closed(vectors), closed(kafka), closed(search)])
      await onlinefs.stop()
      await jobs.stop()
      topics.close()
      store.close()
    },
  }
}
