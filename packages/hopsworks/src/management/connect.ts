import * as z from 'zod'
import { HopsworksError } from '../errors.ts'
import { connectors } from './connectors.ts'
import { readCredentials } from './credentials.ts'
import { featureGroups } from './feature-groups.ts'
import { featureViews } from './feature-views.ts'
import { files } from './files.ts'
import { Http } from './http.ts'
import { jobs } from './jobs.ts'
import { readKafkaConnector } from './kafka-connector.ts'
import { onlineIngestions } from './online-ingestions.ts'
import { path } from './path.ts'
import { defaultRetry } from '../retry.ts'
import type { RetryPolicy } from '../retry.ts'
import type { Scope } from './scope.ts'
import { openSearch } from './search.ts'
import { readServer } from './server.ts'
import { subjects } from './subjects.ts'
import { trainingDatasets } from './training-datasets.ts'
import { readVariable } from './variable.ts'

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
  /** Where OpenSearch is, which knows why rows failed; by default where Hopsworks says, at port 9200. */
  readonly search?: { readonly host: string; readonly port: number } | undefined
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
  const http = new Http({
    url: `${url.replace(/\/+$/, '')}/hopsworks-api/api`,
    authorization: `ApiKey ${apiKey.trim()}`,
    tls: ca == null ? {} : { ca },
    timeoutMs,
    retry,
  })
  const scope = await scopeOf(http, settings, signal)
  const fileSystem = files(http, scope)
  const allJobs = jobs(http, scope, fileSystem)
  const server = readServer(http)
  const credentials = readCredentials(http, scope)
  const variable = readVariable(http)
  const search = openSearch(http, scope, { variable, credentials, timeoutMs, retry, at: settings.search })
  return {
    ...scope,
    /** The server's version and what it can do. */
    server,
    featureGroups: featureGroups(http, scope, allJobs),
    subjects: subjects(http, scope),
    onlineIngestions: onlineIngestions(http, scope, search),
    featureViews: featureViews(http, scope),
    trainingDatasets: trainingDatasets(http, scope, { jobs: allJobs, server }),
    jobs: allJobs,
    files: fileSystem,
    connectors: connectors(http, scope),
    credentials,
    kafkaConnector: readKafkaConnector(http, scope),
    variable,
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
