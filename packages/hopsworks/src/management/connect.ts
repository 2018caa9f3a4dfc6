import * as z from 'zod'
import { HopsworksError } from '../errors.ts'
import { connectors } from './connectors.ts'
import { readCredentials } from './credentials.ts'
import { featureGroups } from './feature-groups.ts'
import { featureViews } from './feature-views.ts'
import { files } from './files.ts'
import { Http } from './http.ts'
import { ifFound } from './if-found.ts'
import { jobs } from './jobs.ts'
import { readKafkaConnector } from './kafka-connector.ts'
import { onlineIngestions } from './online-ingestions.ts'
import { path } from './path.ts'
import { defaultRetry } from '../retry.ts'
import type { RetryPolicy } from '../retry.ts'
import type { Scope } from './scope.ts'
import { readServer } from './server.ts'
import { subjects } from './subjects.ts'
import { trainingDatasets } from './training-datasets.ts'

export interface HopsworksSettings {
  /** `https://host[:port]`. */
  readonly url: string
  readonly project: string
  readonly apiKey: string
  /** PEM of the authority that signed the server's certificate; the system's authorities when absent. */
  readonly ca?: string | null | undefined
  /** With both ids no call is made to connect. */
  readonly projectId?: number | undefined
  readonly featureStoreId?: number | undefined
  /** For one request; 10,000 by default. */
  readonly timeoutMs?: number | undefined
  readonly retry?: RetryPolicy | undefined
}

/** The management API of one project. */
export type Hopsworks = Awaited<ReturnType<typeof connectHopsworks>>

/**
 * A client of one project's feature store. Every method may throw an error of the HopsworksError family, and takes an
 * AbortSignal last.
 */
export async function connectHopsworks(settings: HopsworksSettings, signal?: AbortSignal) {
  if (!settings.url.startsWith('https://')) {
    throw new HopsworksError('The Hopsworks URL must begin with https://: the API key travels in a header.')
  }
  const { url, apiKey, ca, timeoutMs = 10_000, retry = defaultRetry } = settings
  const http = new Http({ url, apiKey, ca: ca ?? undefined, timeoutMs, retry })
  const scope = await scopeOf(http, settings, signal)
  const fileSystem = files(http, scope)
  const allJobs = jobs(http, scope, fileSystem)
  const server = readServer(http)
  return {
    ...scope,
    /** The server's version and what it can do. */
    server,
    featureGroups: featureGroups(http, scope, allJobs),
    subjects: subjects(http, scope),
    onlineIngestions: onlineIngestions(http, scope),
    featureViews: featureViews(http, scope),
    trainingDatasets: trainingDatasets(http, scope, { jobs: allJobs, server }),
    jobs: allJobs,
    files: fileSystem,
    connectors: connectors(http, scope),
    credentials: readCredentials(http, scope),
    kafkaConnector: readKafkaConnector(http, scope),
    /** A server variable (hopsworks.md 1.8), or undefined where it is not set. */
    async variable(name: string, signal?: AbortSignal): Promise<string | undefined> {
      const reply = z.object({ successMessage: z.string().nullish() })
      return (await ifFound(http.get(path`/variables/${name}`, reply, { signal })))?.successMessage ?? undefined
    },
  }
}

async function scopeOf(http: Http, settings: HopsworksSettings, signal?: AbortSignal): Promise<Scope> {
  const { project, projectId, featureStoreId } = settings
  if (projectId !== undefined && featureStoreId !== undefined) return { project, projectId, featureStoreId }
  const info = await http.get(path`/project/getProjectInfo/${project}`, z.object({ projectId: z.number() }), { signal })
  const at = path`/project/${info.projectId}/featurestores/${project.toLowerCase()}_featurestore`
  const store = await http.get(at, z.object({ featurestoreId: z.number() }), { signal })
  return { project, projectId: info.projectId, featureStoreId: store.featurestoreId }
}
