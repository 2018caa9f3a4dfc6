import { createHash, randomUUID } from 'node:crypto'
import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import { defineOperation } from '../../core/operation.ts'
import { isGoingOn, keepRun, runsOf } from './job-runs.ts'
import { existingJob, jobMembers, jobName, needs, usualTimeoutMinutes } from './jobs.ts'
import { beginRun } from './run-job.ts'

export default defineOperation({
  service: 'glue',
  name: 'StartJobRun',
  input: z.strictObject({
    JobName: jobName,
    Arguments: z.record(z.string(), z.string()).optional(),
    Timeout: jobMembers.Timeout,
    WorkerType: jobMembers.WorkerType,
    NumberOfWorkers: jobMembers.NumberOfWorkers,
    MaxCapacity: jobMembers.MaxCapacity,
    ExecutionClass: jobMembers.ExecutionClass,
    SecurityConfiguration: jobMembers.SecurityConfiguration,
  }),
  needs: ({ JobName }, platform) => needs(platform, 'StartJobRun', JobName),
  run({ JobName, Arguments, ...more }, { platform }) {
    const job = existingJob(platform, JobName)
    const most = job.ExecutionProperty?.MaxConcurrentRuns ?? 1
    if (runsOf(platform, JobName).filter(isGoingOn).length >= most) {
      throw new AwsError('ConcurrentRunsExceededException', `Concurrent runs exceeded for ${JobName}`)
    }
    const now = platform.clock.now()
    const run = keepRun(platform, {
      Id: `jr_${createHash('sha256').update(randomUUID()).digest('hex')}`,
      JobName,
      Attempt: 0,
      JobRunState: 'STARTING',
      Arguments: { ...job.DefaultArguments, ...Arguments, ...job.NonOverridableArguments },
      Timeout: more.Timeout ?? job.Timeout ?? usualTimeoutMinutes,
      WorkerType: more.WorkerType ?? job.WorkerType ?? 'G.1X',
      NumberOfWorkers: more.NumberOfWorkers ?? job.NumberOfWorkers ?? 2,
      GlueVersion: job.GlueVersion ?? '5.1',
      started: now,
      modified: now,
    })
    beginRun(platform, job, run)
    return { JobRunId: run.Id }
  },
})
