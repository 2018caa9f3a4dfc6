import type { TrainPlan } from '@hopline/workflow'
import { MaterialisationRunning } from './errors.ts'
import type { TrainingStore } from './services.ts'

/**
 * Starts the jobs that bring the rows of all groups into the offline store. One that runs already may have begun before
 * the newest rows came, so it has to end first. @throws MaterialisationRunning
 */
export const materialise = async (groups: TrainPlan['groups'], hopsworks: TrainingStore) => {
  const running = await Promise.all(groups.map((group) => hopsworks.runningMaterialisation(group)))
  const jobs = running.flatMap((execution) => execution?.job ?? [])
  if (jobs.length > 0) throw new MaterialisationRunning(`${jobs.join(', ')} began before this training did`)
  return { executions: await Promise.all(groups.map((group) => hopsworks.startMaterialisation(group))) }
}
