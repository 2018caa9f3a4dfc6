import type { TrainingLauncherEvent } from '@hopline/workflow'
import { check } from './check.ts'
import { compose } from './compose.ts'
import { writeManifest } from './manifest.ts'
import { materialise } from './materialise.ts'
import { plan } from './plan.ts'
import type { Services } from './services.ts'

/** One step of train-model. */
export const run = async (event: TrainingLauncherEvent, services: Services) => {
  switch (event.step) {
    case 'plan':
      return plan(event, services)
    case 'materialise':
      return materialise(event.plan.groups, await services.hopsworks())
    case 'check':
      return check(event.executions, services)
    case 'snapshot':
      return (await services.hopsworks()).startSnapshot(event.plan)
    case 'manifest':
      return { manifest: await writeManifest(event, services) }
    case 'compose':
      return compose(event, services)
  }
}
