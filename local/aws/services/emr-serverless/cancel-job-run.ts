import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import { defineOperation } from '../../core/operation.ts'
import { runningScripts } from '../spark/running-scripts.ts'
import { existingRun, isGoingOn, keepRun, onRun } from './job-runs.ts'

export default defineOperation({
  service: 'emr-serverless',
  name: 'CancelJobRun',
  route: { method: 'DELETE', path: '/applications/{applicationId}/jobruns/{jobRunId}' },
  input: z.strictObject({
    applicationId: z.string(),
    jobRunId: z.string(),
    shutdownGracePeriodInSeconds: z.int().min(15).max(1800).optional(),
  }),
  needs: ({ applicationId, jobRunId }, platform) => onRun(platform, 'CancelJobRun', applicationId, jobRunId),
  run({ applicationId, jobRunId }, { platform }) {
    const run = existingRun(platform, applicationId, jobRunId)
    if (!isGoingOn(run)) {
      throw new AwsError('ValidationException', `Job run ${jobRunId} has ended with the state ${run.state}.`)
    }
    keepRun(platform, { ...run, state: 'CANCELLING' })
    runningScripts(platform).stop(jobRunId, 'CANCELLED')
    return { applicationId, jobRunId }
  },
})
