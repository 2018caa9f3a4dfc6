import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import { defineOperation } from '../../core/operation.ts'
import { runningScripts } from '../spark/running-scripts.ts'
import { invalidInput } from './glue-error.ts'
import { existingRun, keepRun } from './job-runs.ts'
import { jobName, needs } from './jobs.ts'

export default defineOperation({
  service: 'glue',
  name: 'BatchStopJobRun',
  input: z.strictObject({ JobName: jobName, JobRunIds: z.array(z.string()).min(1).max(25) }),
  needs: ({ JobName }, platform) => needs(platform, 'BatchStopJobRun', JobName),
  run({ JobName, JobRunIds }, { platform }) {
    const stop = (JobRunId: string) => {
      const run = existingRun(platform, JobName, JobRunId)
      if (run.JobRunState !== 'RUNNING' && run.JobRunState !== 'STARTING') {
        throw invalidInput(`Job run ${JobRunId} is in the state ${run.JobRunState} and cannot be stopped.`)
      }
      keepRun(platform, { ...run, JobRunState: 'STOPPING' })
      runningScripts(platform).stop(JobRunId, 'STOPPED')
    }
    const SuccessfulSubmissions: { JobName: string; JobRunId: string }[] = []
    const Errors: { JobName: string; JobRunId: string; ErrorDetail: { ErrorCode: string; ErrorMessage: string } }[] = []
    for (const JobRunId of JobRunIds) {
      try {
        stop(JobRunId)
        SuccessfulSubmissions.push({ JobName, JobRunId })
      } catch (error) {
        if (!(error instanceof AwsError)) throw error
        Errors.push({ JobName, JobRunId, ErrorDetail: { ErrorCode: error.code, ErrorMessage: error.message } })
      }
    }
    return { SuccessfulSubmissions, Errors }
  },
})
