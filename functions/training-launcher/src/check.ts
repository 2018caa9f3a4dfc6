import type { JobCheck, JobExecutions } from '@hopline/workflow'
import type { Services } from './services.ts'

/** Failed as soon as one job failed, done when all are done. */
export const check = async (executions: JobExecutions, services: Services): Promise<JobCheck> => {
  const hopsworks = await services.hopsworks()
  const checks = await Promise.all(executions.map((execution) => hopsworks.check(execution)))
  return (
    checks.find(({ state }) => state === 'failed') ?? {
      state: checks.every(({ state }) => state === 'done') ? 'done' : 'running',
    }
  )
}
