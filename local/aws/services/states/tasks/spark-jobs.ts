import { randomUUID } from 'node:crypto'
import { kinds } from '@hopline/local-states'
import type { JsonObject } from '@hopline/local-states'
import type { Attempt, Integration } from './attempt.ts'
import { optimisedErrors } from './error-names.ts'
import { optimisedResult } from './members.ts'
import { argumentsOf, request } from './request.ts'
import { responseMetadata } from './response-metadata.ts'
import { runJob } from './run-job.ts'

/** Asks an operation of one service in the machine's name. */
const asking =
  (attempt: Attempt, service: 'glue' | 'emr-serverless') =>
  async (name: string, input: JsonObject): Promise<JsonObject> =>
    optimisedResult(service, await request(attempt, { service, name, errors: optimisedErrors[service] }, input))

const memberOf = (answer: JsonObject, name: string): JsonObject => {
  const { [name]: member = null } = answer
  return kinds.object.is(member) ? member : {}
}

const going = {
  glue: new Set(['STARTING', 'RUNNING', 'STOPPING', 'WAITING']),
  emr: new Set(['SUBMITTED', 'PENDING', 'SCHEDULED', 'QUEUED', 'RUNNING', 'CANCELLING']),
}

const statusOf = (state: unknown, { going, good }: { going: ReadonlySet<unknown>; good: string }) => {
  if (going.has(state)) return 'running'
  return state === good ? 'succeeded' : 'failed'
}

/** `glue:startJobRun.sync`; the result is the run. One that was stopped has failed. */
export const glueJobRun: Integration = (attempt) => {
  const { JobName = null, ...given } = argumentsOf(attempt)
  const ask = asking(attempt, 'glue')
  let RunId: JsonObject[string] = null
  return runJob(attempt, {
    start: async () => {
      const started = await ask('StartJobRun', { JobName, ...given })
      RunId = started['JobRunId'] ?? null
      return { ...started, JobName, ...responseMetadata() }
    },
    describe: async () => memberOf(await ask('GetJobRun', { JobName, RunId }), 'JobRun'),
    statusOf: ({ JobRunState }) => statusOf(JobRunState, { going: going.glue, good: 'SUCCEEDED' }),
    stop: () => ask('BatchStopJobRun', { JobName, JobRunIds: [RunId] }),
  })
}

/** `emr-serverless:startJobRun.sync`; the result is the run. One that was cancelled has failed. */
export const emrJobRun: Integration = (attempt) => {
  const { ApplicationId = null, ...given } = argumentsOf(attempt)
  const ask = asking(attempt, 'emr-serverless')
  let JobRunId: JsonObject[string] = null
  return runJob(attempt, {
    start: async () => {
      const started = await ask('StartJobRun', { ApplicationId, ClientToken: randomUUID(), ...given })
      JobRunId = started['JobRunId'] ?? null
      return { ...started, ...responseMetadata() }
    },
    describe: async () => memberOf(await ask('GetJobRun', { ApplicationId, JobRunId }), 'JobRun'),
    statusOf: ({ State }) => statusOf(State, { going: going.emr, good: 'SUCCESS' }),
    stop: () => ask('CancelJobRun', { ApplicationId, JobRunId }),
  })
}
