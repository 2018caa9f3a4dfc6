import type { Execution, Hopsworks } from '@hopline/hopsworks/management'
import { connectHopsworks, materialisationJobs } from '@hopline/hopsworks/management'
import type { HopsworksSecret, JobCheck, TrainPlan } from '@hopline/workflow'
import { snapshotConnector, snapshotPrefix } from '@hopline/workflow'
import { UnusableSnapshot } from './errors.ts'
import type { TrainingStore } from './services.ts'

const states = { running: 'running', succeeded: 'done', failed: 'failed' } as const

const checkOf = ({ job, outcome, detail }: Execution): JobCheck =>
  outcome === 'failed' ? { state: 'failed', cause: `Hopsworks job ${job}: ${detail}` } : { state: states[outcome] }

const started = ({ job, id }: Execution) => ({ job, id })

const groupsOf = async (hopsworks: Hopsworks, names: readonly string[]) => {
  const groups = await Promise.all(names.map((name) => hopsworks.featureGroups.get(name, 1)))
  const absent = names.filter((_, at) => groups[at] === undefined)
  if (absent.length > 0) throw new UnusableSnapshot(`Hopsworks has no feature group ${absent.join(', ')}: ingest first`)
  return groups.filter((group) => group !== undefined)
}

/** A training's side of Hopsworks. */
export const hopsworksTraining = async (secret: HopsworksSecret): Promise<TrainingStore> => {
  const hopsworks = await connectHopsworks(secret)
  const jobOf = async (group: TrainPlan['groups'][number]) =>
    (await hopsworks.jobs.get(materialisationJobs(group))).name
  return {
    ensureViews: async (views) => {
      for (const view of views) {
        const names = [view.left.group, ...view.joins.map(({ group }) => group)]
        await hopsworks.featureViews.getOrCreate(view, await groupsOf(hopsworks, names))
      }
    },
    runningMaterialisation: async (group) => {
      const execution = await hopsworks.jobs.running(await jobOf(group))
      return execution && started(execution)
    },
    startMaterialisation: async (group) => started(await hopsworks.jobs.start(await jobOf(group))),
    startSnapshot: async ({ pipeline, view, splits }) => {
      const connector = await hopsworks.connectors.get(snapshotConnector)
      if (connector === undefined) {
        throw new UnusableSnapshot(`Hopsworks has no storage connector ${snapshotConnector}: run \`hopline connect\``)
      }
      const dataset = await hopsworks.trainingDatasets.create(view, {
        splits: Object.entries(splits).map(([name, bounds]) => ({ name, ...bounds })),
        connector,
        path: snapshotPrefix(pipeline).replace(/\/$/, ''),
        format: 'parquet',
      })
      if (!dataset.location)
        throw new UnusableSnapshot(`training dataset ${view.name} ${dataset.version} has no location`)
      const bounds = { start: splits.train.start, end: splits.test.end }
      const execution = await hopsworks.trainingDatasets.compute(view, dataset.version, bounds)
      return {
        snapshot: { version: dataset.version, location: dataset.location.replace(/^s3a?:/, 's3:') },
        executions: [started(execution)],
      }
    },
    check: async ({ job, id }) => checkOf(await hopsworks.jobs.execution(job, id)),
  }
}
