import * as z from 'zod'
import { HopsworksUnexpectedReply } from '../errors.ts'
import type { S3Connector } from './connectors.ts'
import type { Http } from './http.ts'
import { ifFound } from './if-found.ts'
import { job } from './jobs.ts'
import type { Execution, Jobs } from './jobs.ts'
import { pages } from './pages.ts'
import { path } from './path.ts'
import type { Scope } from './scope.ts'
import type { Server } from './server.ts'
import { statistics } from './statistics.ts'
import { tags } from './tags.ts'

const trainingDataset = z.object({
  version: z.number(),
  location: z.string().nullish(),
  description: z.string().nullish(),
  splits: z.array(z.object({ name: z.string() })).nullish(),
})

/** A training dataset; each split lies under `{location}/{split name}/`. */
export type TrainingDataset = z.output<typeof trainingDataset>

import type { ViewVersion } from './feature-views.ts'

type DatasetVersion = { readonly view: ViewVersion; readonly version: number }

export interface TrainingDatasetDefinition {
  readonly description?: string
  /** Rows whose event time lies in [start, end), in milliseconds since 1970 UTC. */
  readonly splits: readonly { readonly name: string; readonly start: number; readonly end: number }[]
  /** The sink; HopsFS without one, from where `files` reads. */
  readonly connector?: S3Connector | undefined
  /** Folder in the connector's bucket. */
  readonly path?: string | undefined
  readonly format: 'parquet'
}

interface Around {
  readonly jobs: Jobs
  readonly server: (signal?: AbortSignal) => Promise<Server>
}

export function trainingDatasets(http: Http, scope: Scope, { jobs, server }: Around) {
  const at = ({ name, version }: ViewVersion) =>
    path`/project/${scope.projectId}/featurestores/${scope.featureStoreId}/featureview/${name}/version/${version}`
  const versionAt = (view: ViewVersion, version: number) => `${at(view)}/trainingdatasets${path`/version/${version}`}`
  const datasetAt = ({ view, version }: DatasetVersion) => versionAt(view, version)

  return {
    /** Registers a dataset; the server gives it the next version. Nothing is written before `compute`. */
    async create(
      view: ViewVersion,
      definition: TrainingDatasetDefinition,
      signal?: AbortSignal,
    ): Promise<TrainingDataset> {
      const body = createBody(view, definition, await server(signal))
      return http.post(`${at(view)}/trainingdatasets`, trainingDataset, { body, signal })
    },

    /** Every dataset of a view. */
    list: (view: ViewVersion, signal?: AbortSignal): AsyncGenerator<TrainingDataset, void> =>
      pages(http, `${at(view)}/trainingdatasets`, trainingDataset, { signal }),

    get: (view: ViewVersion, version: number, signal?: AbortSignal): Promise<TrainingDataset | undefined> =>
      ifFound(http.get(versionAt(view, version), trainingDataset, { signal })),

    /**
     * Starts the job that writes the dataset, and returns its execution.
     * @param bounds event times in milliseconds that enclose all splits
     */
    async compute(
      view: ViewVersion,
      version: number,
      bounds: { start: number; end: number },
      signal?: AbortSignal,
    ): Promise<Execution> {
      const query = await http.get(`${at(view)}/query/batch`, z.looseObject({}), {
        query: {
          start_time: bounds.start,
          end_time: bounds.end,
          ...withColumns,
          is_hive_engine: true,
          td_version: version,
        },
        signal,
      })
      const body = { query, overwrite: true, writeOptions, sparkJobConfiguration: null }
      const { name } = await http.post(`${versionAt(view, version)}/compute`, job, { body, signal })
      const execution = await jobs.latest(name, signal)
      if (execution) return execution
      throw new HopsworksUnexpectedReply(`Job ${name} was made but has no execution`, {
        path: versionAt(view, version),
      })
    },

    /** Deletes a dataset with what it has written; false when it was not there. */
    delete: (view: ViewVersion, version: number, signal?: AbortSignal): Promise<boolean> =>
      http.delete(versionAt(view, version), { signal }),

    tags: tags(http, datasetAt),
    statistics: statistics(http, jobs, datasetAt),
  }
}

const withColumns = {
  with_label: true,
  with_primary_keys: true,
  with_event_time: true,
  inference_helper_columns: false,
  training_helper_columns: true,
}

const writeOptions = ['training_helper_columns', 'primary_keys', 'event_time'].map((name) => ({ name, value: true }))

function createBody(view: ViewVersion, definition: TrainingDatasetDefinition, server: Server): object {
  return {
    type: 'trainingDatasetDTO',
    name: view.name,
    version: null,
    description: definition.description ?? '',
    dataFormat: definition.format,
    coalesce: false,
    trainingDatasetType: definition.connector ? 'EXTERNAL_TRAINING_DATASET' : 'HOPSFS_TRAINING_DATASET',
    splits: definition.splits.map(({ name: split, start, end }) => ({
      name: split,
      splitType: 'TIME_SERIES_SPLIT',
      percentage: null,
      startTime: start,
      endTime: end,
    })),
    trainSplit: definition.splits[0]?.name ?? null,
    statisticsConfig: { enabled: false, correlations: false, histograms: false, exactUniqueness: false, columns: [] },
    ...server.sink(definition.path ?? null, definition.connector && sinkOf(definition.connector)),
  }
}

const sinkOf = (connector: S3Connector) => {
  const { id, name, featurestoreId, storageConnectorType, type, bucket, region, arguments: options } = connector
  return { id, name, featurestoreId, storageConnectorType, type, bucket, region, arguments: options }
}
