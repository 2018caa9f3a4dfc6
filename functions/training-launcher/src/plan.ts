import { contractOf, featureViewRequests, durationMs } from '@hopline/pipeline'
import type { TrainPlan } from '@hopline/workflow'
import { logPrefix, splitsOf } from '@hopline/workflow'
import { NoAcceptedRows } from './errors.ts'
import type { Services } from './services.ts'

const newestEventDate = async ({ objects, dataBucket }: Services, pipeline: string, group: string) => {
  let newest = ''
  for await (const folder of objects.folders(`s3://${dataBucket}/${logPrefix(pipeline, group)}`)) {
    const date = /^date=(.*)\/$/.exec(folder)?.[1]
    if (date !== undefined && date > newest) newest = date
  }
  if (newest === '') throw new NoAcceptedRows(`the log of ${group} is empty: put an object into the raw bucket first`)
  return Date.parse(newest)
}

/** Splits by time, newest last, and the candidates; makes the feature views where they are not there yet. */
export const plan = async (
  { pipeline: name, runId, ablation }: { pipeline: string; runId: string; ablation: boolean },
  services: Services,
): Promise<{ plan: TrainPlan }> => {
  const pipeline = services.pipeline(name)
  const newest = await newestEventDate(services, name, pipeline.spine.name)
  const views = featureViewRequests(pipeline)
  const hopsworks = await services.hopsworks()
  await hopsworks.ensureViews(Object.values(views))
  const { history, holdout } = pipeline.train
  return {
    plan: {
      runId,
      pipeline: name,
      contract: contractOf(pipeline).hash,
      view: { name: views.training.name, version: views.training.version },
      splits: splitsOf(newest, {
        historyMs: durationMs(history),
        validationMs: durationMs(holdout.validation),
        testMs: durationMs(holdout.test),
      }),
      groups: [views.training.left, ...views.training.joins].map(({ group }) => ({ name: group, version: 1 })),
      candidates: ablation ? ['challenger', 'without-online'] : ['challenger'],
    },
  }
}
