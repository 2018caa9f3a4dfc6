import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { countsOf } from './map-runs/counts.ts'
import { mapRun } from './map-runs/map-run.ts'
import { arnInput } from './names.ts'

export default defineOperation({
  service: 'states',
  name: 'DescribeMapRun',
  input: z.strictObject({ mapRunArn: arnInput }),
  needs: ({ mapRunArn }) => [{ action: 'states:DescribeMapRun', resource: mapRunArn }],
  run: ({ mapRunArn }, { platform }) => {
    const run = mapRun(platform, mapRunArn)
    return {
      mapRunArn: run.arn,
      executionArn: run.executionArn,
      status: run.status,
      startDate: new Date(run.startedAt),
      stopDate: run.stoppedAt === undefined ? undefined : new Date(run.stoppedAt),
      maxConcurrency: run.maxConcurrency,
      toleratedFailurePercentage: run.toleratedFailurePercentage,
      toleratedFailureCount: run.toleratedFailureCount,
      ...countsOf(platform, run),
      redriveCount: run.redriveCount,
      redriveDate: run.redrivenAt === undefined ? undefined : new Date(run.redrivenAt),
    }
  },
})
