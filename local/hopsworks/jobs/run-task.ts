import { join } from 'node:path'
import * as z from 'zod'
import type { Topics } from '../kafka/topics.ts'
import type { FeatureGroup } from '../metadata/feature-group.ts'
import type { Task } from '../metadata/job.ts'
import type { Metadata } from '../metadata/metadata.ts'
import { ownerOf } from '../metadata/owner.ts'
import type { Statistics } from '../metadata/statistics.ts'
import { describe } from '../offline/describe.ts'
import { materialise } from '../offline/materialise.ts'
import type { OfflineStore } from '../offline/offline-store.ts'
import { ensureTable, tableOf } from '../offline/offline-table.ts'
import { openSink } from '../offline/open-sink.ts'
import { writeTrainingData } from '../offline/training-data.ts'
import { splitTable, trainingSplits } from '../offline/training-splits.ts'

/** What a task works with. */
export interface TaskPlace {
  readonly metadata: Metadata
  readonly topics: Topics
  readonly region: string
  readonly rowHeaders: boolean
  readonly state: string
  readonly store: OfflineStore
  readonly say: (line: string) => void
  readonly signal: AbortSignal
}

const statisticsConfig = z.object({ enabled: z.literal(true) })
const wantsStatistics = (config: unknown) => statisticsConfig.safeParse(config).success

/** Does what a job is for. */
export const runTask = async (task: Task, args: string, place: TaskPlace): Promise<void> => {
  switch (task.kind) {
    case 'materialise':
      return materialiseGroup(groupOf(task.featureGroupId, place), args, place)
    case 'table-schema':
      return ensureTable(place.store, groupOf(task.featureGroupId, place))
    case 'training-dataset':
      return writeDataset(task, place)
    case 'statistics':
      return task.of === 'feature-group'
        ? describeGroup(groupOf(task.id, place), place)
        : describeDataset(datasetOf(task.id, place), place)
  }
}

const groupOf = (id: number, { metadata }: TaskPlace): FeatureGroup => {
  const group = metadata.featureGroups.get(id)
  if (!group) throw new Error(`feature group ${id} is gone`)
  return group
}

const datasetOf = (id: number, { metadata }: TaskPlace) => {
  const dataset = metadata.trainingDatasets.get(id)
  const view = dataset && metadata.featureViews.get(dataset.featureViewId)
  if (!view) throw new Error(`training dataset ${id} is gone`)
  return { dataset, view }
}

const materialiseGroup = async (group: FeatureGroup, args: string, place: TaskPlace) => {
  const changed = await materialise({ ...place, group, args })
  place.metadata.commits.insert(ownerOf('feature-group', group), null, (identity) => ({
    ...identity,
    time: Date.now(),
    ...changed,
  }))
  if (wantsStatistics(group.statisticsConfig)) await describeGroup(group, place)
}

const writeDataset = async (task: Extract<Task, { kind: 'training-dataset' }>, place: TaskPlace) => {
  const found = datasetOf(task.trainingDatasetId, place)
  const sink = await openSink(found.dataset, place)
  const { writeOptions } = task
  try {
    await writeTrainingData({ ...place, ...found, writeOptions, sink, folder: join(place.state, 'parts') })
  } finally {
    sink.close()
  }
  if (wantsStatistics(found.dataset.statisticsConfig)) await describeDataset(found, place)
}

type Described = Pick<Statistics, 'featureDescriptiveStatistics' | 'splitStatistics'>

const keep = ({ metadata }: TaskPlace, owner: string, described: Described) =>
  metadata.statistics.insert(owner, null, (identity) => ({ ...identity, computationTime: Date.now(), ...described }))

const describeGroup = async (group: FeatureGroup, place: TaskPlace) => {
  await ensureTable(place.store, group)
  const featureDescriptiveStatistics = await describe(place.store, tableOf(group), group.features)
  keep(place, ownerOf('feature-group', group), { featureDescriptiveStatistics, splitStatistics: null })
}

/** Without splits the statistics are those of all rows. */
const describeDataset = async (found: ReturnType<typeof datasetOf>, place: TaskPlace) => {
  const { dataset, view } = found
  const splits: NonNullable<Described['splitStatistics']> = []
  const writeOptions = { primaryKeys: false, eventTime: false }
  for await (const { name } of trainingSplits({ ...place, ...found, writeOptions })) {
    const features = view.features.filter(({ inferenceHelperColumn }) => !inferenceHelperColumn)
    splits.push({ name, featureDescriptiveStatistics: await describe(place.store, splitTable, features) })
  }
  const whole = dataset.splits.length === 0 ? (splits[0]?.featureDescriptiveStatistics ?? null) : null
  keep(place, ownerOf('training-dataset', dataset), {
    featureDescriptiveStatistics: whole,
    splitStatistics: whole === null ? splits : null,
  })
}
