import * as z from 'zod'
import { jobStamp } from '../jobs/job-stamp.ts'
import type { FeatureView } from '../metadata/feature-view.ts'
import { ownerOf, removeOwned } from '../metadata/owner.ts'
import type { TrainingDataset } from '../metadata/training-dataset.ts'
import { splitSchema } from '../metadata/training-dataset.ts'
import { openSink } from '../offline/open-sink.ts'
import { isFormat } from '../offline/part-files.ts'
import { sinkKey } from '../offline/training-data.ts'
import { project } from '../project.ts'
import { failures, RestError } from '../rest-error.ts'
import type { Services } from '../services.ts'
import { connectorView } from './connectors.ts'
import { existingView, versioned } from './feature-views.ts'
import { jobView } from './jobs.ts'
import type { Call, Route } from './route.ts'
import type { Described } from './statistics.ts'
import { statisticsRoutes } from './statistics.ts'
import { tagRoutes } from './tags.ts'

const base = `${versioned}/trainingdatasets`
const one = `${base}/version/:dataset`

const source = z.object({ id: z.int().nullish(), name: z.string().nullish() }).nullish()
const requestSchema = z.object({
  description: z.string().nullish(),
  version: z.int().min(1).nullish(),
  dataFormat: z.string(),
  trainingDatasetType: z.string(),
  coalesce: z.boolean().nullish(),
  seed: z.number().nullish(),
  splits: z.array(splitSchema).nullish(),
  trainSplit: z.string().nullish(),
  eventStartTime: z.number().nullish(),
  eventEndTime: z.number().nullish(),
  statisticsConfig: z.unknown().optional(),
  extraFilter: z.null('a filter is not known to the local Hopsworks').optional(),
  dataSource: z.object({ path: z.string().nullish(), storageConnector: source }).nullish(),
  storageConnector: source,
  location: z.string().nullish(),
})

const computeSchema = z.object({
  writeOptions: z.array(z.object({ name: z.string(), value: z.unknown().optional() })).nullish(),
})

const inMemoryType = 'IN_MEMORY_TRAINING_DATASET'
const hopsFsType = 'HOPSFS_TRAINING_DATASET'
const folderName = `${project.name}_Training_Datasets`
const hopsFsPath = `/Projects/${project.name}/${folderName}`

/** Where training datasets go that name no connector. */
const hopsFsConnector = {
  id: 0,
  name: folderName,
  description: null,
  featurestoreId: project.featureStoreId,
  storageConnectorType: 'HOPSFS',
  type: 'featurestoreHopsfsConnectorDTO',
  hopsfsPath: hopsFsPath,
  datasetName: folderName,
}

export const trainingDatasetRoutes = (services: Services): Route[] => {
  const { metadata, jobs, endpoints, region } = services
  const { trainingDatasets, connectors } = metadata

  const view = (dataset: TrainingDataset) => {
    const { featureViewId: _, connectorId, path, ...rest } = dataset
    const connector = connectorId === null ? undefined : connectors.get(connectorId)
    const inMemory = dataset.trainingDatasetType === inMemoryType
    const storageConnector = connector ? connectorView(connector) : inMemory ? null : hopsFsConnector
    return {
      ...rest,
      type: 'trainingDatasetDTO',
      featurestoreId: project.featureStoreId,
      featurestoreName: project.featureStoreName,
      features: null,
      queryDTO: null,
      dataSource: { path, storageConnector },
      storageConnector,
    }
  }

  const of = ({ id }: FeatureView) => trainingDatasets.all().filter(({ featureViewId }) => featureViewId === id)

  const existing = (call: Call) => {
    const parent = existingView(services, call)
    const dataset = of(parent).find(({ version }) => version === call.number('dataset'))
    if (!dataset)
      throw new RestError(failures.trainingDatasetNotFound, `${parent.name}, training dataset ${call.param('dataset')}`)
    return { parent, dataset }
  }

  const create = (call: Call) => {
    const parent = existingView(services, call)
    const request = call.body(requestSchema)
    const inMemory = request.trainingDatasetType === inMemoryType
    const hopsFs = request.trainingDatasetType === hopsFsType
    if (!inMemory && !isFormat(request.dataFormat)) throw new RestError(failures.illegalFormat, request.dataFormat)
    const named = request.dataSource?.storageConnector ?? request.storageConnector
    const chosen = named?.name ? connectors.find(named.name, 1) : connectors.get(named?.id ?? -1)
    const connector = hopsFs ? undefined : chosen
    if (!inMemory && !hopsFs && !connector)
      throw new RestError(failures.connectorNotFound, `connector name: ${named?.name ?? 'none'}`)
    const path = request.dataSource?.path ?? request.location ?? null
    const folder = (path || connector?.path || 'TRAINING_DATASETS').replace(/^\/+|\/+$/g, '')
    const root = connector ? `s3://${connector.bucket}/${folder}` : `hopsfs://namenode:8020${hopsFsPath}`
    const name = `${parent.name}_${parent.version}`
    const dataset = trainingDatasets.insert(name, request.version ?? null, (identity) => ({
      ...identity,
      featureViewId: parent.id,
      created: new Date().toISOString(),
      description: request.description ?? '',
      dataFormat: request.dataFormat,
      trainingDatasetType: request.trainingDatasetType,
      coalesce: request.coalesce ?? false,
      seed: request.seed ?? null,
      splits: request.splits ?? [],
      trainSplit: request.trainSplit ?? null,
      eventStartTime: request.eventStartTime ?? null,
      eventEndTime: request.eventEndTime ?? null,
      statisticsConfig: request.statisticsConfig ?? null,
      connectorId: connector?.id ?? null,
      path,
      location: inMemory ? '' : `${root}/${name}_${identity.version}`,
    }))
    return view(dataset)
  }

  const compute = (call: Call) => {
    const { parent, dataset } = existing(call)
    if (dataset.trainingDatasetType === inMemoryType)
      throw new RestError(failures.illegalArgument, 'a training dataset in memory is computed by its client')
    const { writeOptions } = call.body(computeSchema)
    const option = (name: string) => {
      const value = writeOptions?.find((given) => given.name === name)?.value
      return value === true || value === 'true'
    }
    const job = metadata.jobs.insert(`${dataset.name}_create_fv_td_${jobStamp(new Date())}`, null, (identity) => ({
      ...identity,
      created: new Date().toISOString(),
      creator: call.key.username,
      defaultArgs: `-op create_fv_td -name ${parent.name} -version ${parent.version} -td ${dataset.version}`,
      task: {
        kind: 'training-dataset',
        trainingDatasetId: dataset.id,
        writeOptions: { primaryKeys: option('primary_keys'), eventTime: option('event_time') },
      },
    }))
    jobs.start(job, job.defaultArgs, call.key.username)
    return jobView(job, endpoints.rest)
  }

  const removeData = async (dataset: TrainingDataset) => {
    if (dataset.trainingDatasetType === inMemoryType) return
    const sink = await openSink(dataset, { metadata, region, state: jobs.state })
    try {
      await sink.clear(`${sinkKey(dataset)}/`)
    } finally {
      sink.close()
    }
  }

  const remove = async (dataset: TrainingDataset) => {
    await removeData(dataset)
    removeOwned(metadata, ownerOf('training-dataset', dataset))
    trainingDatasets.remove(dataset.id)
  }

  const deletion = (path: string, datasets: (call: Call) => TrainingDataset[], withMetadata: boolean): Route => ({
    method: 'DELETE',
    path,
    scope: 'featurestore:write',
    async handle(call) {
      for (const dataset of datasets(call)) await (withMetadata ? remove : removeData)(dataset)
    },
  })
  const every = (call: Call) => of(existingView(services, call))
  const single = (call: Call) => [existing(call).dataset]

  const described = (call: Call): Described => {
    const { dataset } = existing(call)
    const task = { kind: 'statistics', of: 'training-dataset', id: dataset.id } as const
    return { owner: ownerOf('training-dataset', dataset), name: `${dataset.name}_${dataset.version}`, task }
  }

  return [
    ...tagRoutes(services, one, (call) => ownerOf('training-dataset', existing(call).dataset)),
    ...statisticsRoutes(services, one, described),
    { method: 'POST', path: base, scope: 'featurestore:write', status: 201, handle: create },
    {
      method: 'GET',
      path: base,
      scope: 'featurestore',
      handle: (call) => call.page(of(existingView(services, call)), view),
    },
    { method: 'GET', path: one, scope: 'featurestore', handle: (call) => view(existing(call).dataset) },
    { method: 'POST', path: `${one}/compute`, scope: 'featurestore:write', handle: compute },
    deletion(base, every, true),
    deletion(`${base}/data`, every, false),
    deletion(one, single, true),
    deletion(`${one}/data`, single, false),
  ]
}
