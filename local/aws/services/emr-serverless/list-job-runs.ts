import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { existingApplication, onApplication } from './applications.ts'
import { describedRun, runsOf } from './job-runs.ts'

export default defineOperation({
  service: 'emr-serverless',
  name: 'ListJobRuns',
  route: { method: 'GET', path: '/applications/{applicationId}/jobruns' },
  input: z.strictObject({
    applicationId: z.string(),
    states: z.array(z.string()).optional(),
    maxResults: z.int().min(1).max(50).default(50),
    nextToken: z.string().optional(),
  }),
  needs: ({ applicationId }, platform) => onApplication(platform, 'ListJobRuns', applicationId),
  run({ applicationId, states, maxResults, nextToken }, { platform }) {
    existingApplication(platform, applicationId)
    const all = runsOf(platform, applicationId).filter(({ state }) => states === undefined || states.includes(state))
    const first = nextToken === undefined ? 0 : all.findIndex(({ jobRunId }) => jobRunId === nextToken) + 1
    const page = all.slice(first, first + maxResults)
    return {
      jobRuns: page.map((run) => {
        const { jobRunId: id, jobDriver: _, configurationOverrides: __, ...described } = describedRun(platform, run)
        return { id, ...described, type: 'spark' }
      }),
      ...(first + page.length < all.length && { nextToken: page.at(-1)?.jobRunId }),
    }
  },
})
