import * as z from 'zod'
import { HopsworksUnexpectedReply } from '../errors.ts'
import type { S3Connector } from './connectors.ts'
import { ifFound } from './http.ts'
import type { Http } from './http.ts'
import { job, jobs } from './jobs.ts'
import type { Execution } from './jobs.ts'
import { path } from './path.ts'
import type { Scope } from './scope.ts'

const trainingDataset = z.object({
  version: z.number(),
  location: z.string().nullish(),
  description: z.string().nullish(),
  splits: z.array(z.object({ name: z.string() })).nullish(),
})

/** A training dataset; each split lies under `{location}/{split name}/`. */
export type TrainingDataset = z.output<typeof trainingDataset>

type ViewVersion = { readonly name: string; readonly version: number }

export interface TrainingDatasetDefinition {
  readonly description?: string
  /** Rows whose event time lies in [start, end), in milliseconds since 1970 UTC. */
  readonly splits: readonly { readonly name: string; readonly start: number; readonly end: number }[]
  /** The sink. */
  readonly connector: S3Connector
  /** Folder in the connector's bucket. */
  readonly path: string
  readonly format: 'parquet'
}

export function trainingDatasets(http: Http, scope: Scope) {
  const at = ({ name, version }: ViewVersion) =>
    path`/project/${scope.projectId}/featurestores/${scope.featureStoreId}/featureview/${name}/version/${version}`
  const versionAt = (view: ViewVersion, version: number) => `${at(view)}/trainingdatasets${path`/version/${version}`}`

  return {
    /** Registers a dataset; the server gives it the next version. Nothing is written before `compute`. */
    create(view: ViewVersion, definition: TrainingDatasetDefinition, signal?: AbortSignal): Promise<TrainingDataset> {
      const body = createBody(view, definition)
      return http.post(`${at(view)}/trainingdatasets`, trainingDataset, { body, signal })
    },

    /** All datasets of a view, oldest first. */
    async list(view: ViewVersion, signal?: AbortSignal): Promise<TrainingDataset[]> {
      const reply = z.union([z.array(trainingDataset), z.object({ items: z.array(trainingDataset).nullish() })])
      const found = await ifFound(http.get(`${at(view)}/trainingdatasets`, reply, { signal }))
      const items = Array.isArray(found) ? found : (found?.items ?? [])
      return items.toSorted((a, b) => a.version - b.version)
    },

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
      const execution = await jobs(http, scope).latest(name, signal)
      if (execution) return execution
      throw new HopsworksUnexpectedReply(`Job ${name} was made but has no execution`, {
        path: versionAt(view, version),
      })
    },
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

export function createBody(view: ViewVersion, definition: TrainingDatasetDefinition): object {
  const {
    id,
    name,
    featurestoreId,
    storageConnectorType,
    type,
    bucket,
    region,
    arguments: options,
  } = definition.connector
  return {
    type: 'trainingDatasetDTO',
    name: view.name,
    version: null,
    description: definition.description ?? '',
    dataFormat: definition.format,
    coalesce: false,
    trainingDatasetType: 'EXTERNAL_TRAINING_DATASET',
    splits: definition.splits.map(({ name: split, start, end }) => ({
      name: split,
      splitType: 'TIME_SERIES_SPLIT',
      percentage: null,
      startTime: start,
      endTime: end,
    })),
    trainSplit: definition.splits[0]?.name ?? null,
    statisticsConfig: { enabled: false, correlations: false, histograms: false, exactUniqueness: false, columns: [] },
    dataSource: {
      path: definition.path,
      storageConnector: { id, name, featurestoreId, storageConnectorType, type, bucket, region, arguments: options },
    },
  }
}
