import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { applications, describedApplication, onApplication } from './applications.ts'

export default defineOperation({
  service: 'emr-serverless',
  name: 'ListApplications',
  route: { method: 'GET', path: '/applications' },
  input: z.strictObject({
    states: z.array(z.string()).optional(),
    maxResults: z.int().min(1).max(50).default(50),
    nextToken: z.string().default(''),
  }),
  needs: (_, platform) => onApplication(platform, 'ListApplications', '*'),
  run({ states, maxResults, nextToken }, { platform }) {
    const all = applications(platform)
      .list({ after: nextToken })
      .filter(({ value }) => states === undefined || states.includes(value.state))
    const page = all.slice(0, maxResults)
    return {
      applications: page.map(({ value }) => {
        const { applicationId: id, ...application } = describedApplication(platform, value)
        return { id, ...application }
      }),
      ...(all.length > page.length && { nextToken: page.at(-1)?.key }),
    }
  },
})
