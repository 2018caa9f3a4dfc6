import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { describedRun, existingRun, onRun } from './job-runs.ts'

export default defineOperation({
  service: 'emr-serverless',
  name: 'GetJobRun',
  route: { method: 'GET', path: '/applications/{applicationId}/jobruns/{jobRunId}' },
  input: z.strictObject({ applicationId: z.string(), jobRunId: z.string() }),
  needs: ({ applicationId, jobRunId }, platform) => onRun(platform, 'GetJobRun', applicationId, jobRunId),
  run: ({ applicationId, jobRunId }, { platform }) => ({
    jobRun: describedRun(platform, existingRun(platform, applicationId, jobRunId)),
  }),
})
