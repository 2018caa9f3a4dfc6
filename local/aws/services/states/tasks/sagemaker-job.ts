import type { JsonObject } from '@hopline/local-states'
import type { Integration } from './attempt.ts'
import { optimisedErrors } from './error-names.ts'
import { optimisedResult } from './members.ts'
import { argumentsOf, request } from './request.ts'
import { responseMetadata } from './response-metadata.ts'
import { runJob } from './run-job.ts'

const errors = optimisedErrors.sagemaker
const managed = { Key: 'MANAGED_BY_AWS', Value: 'STARTED_BY_STEP_FUNCTIONS' }

/** Step Functions tags the jobs that it waits for and reads their tags: the machine's role needs both rights. */
const tagged = ({ Tags = [], ...given }: JsonObject): JsonObject => ({
  ...given,
  Tags: Array.isArray(Tags) ? [...Tags, managed] : Tags,
})

/** Jobs that a state can wait for. */
export type JobKind = 'ProcessingJob' | 'TrainingJob' | 'TransformJob' | 'HyperParameterTuningJob'

/**
 * `sagemaker:createTrainingJob.sync` and its like for other jobs; the result is the job's description.
 * A stopped job is no failure, as for the SDK's waiters: a Choice has to look at the status.
 */
export const sagemakerJob =
  (kind: JobKind): Integration =>
  (attempt) => {
    const given = argumentsOf(attempt)
    const ask = async (verb: string, input: JsonObject) =>
      optimisedResult(
        'sagemaker',
        await request(attempt, { service: 'sagemaker', name: `${verb}${kind}`, errors }, input),
      )
    const name = { [`${kind}Name`]: given[`${kind}Name`] ?? null }
    return runJob(attempt, {
      start: async () => {
        const created = await ask('Create', tagged(given))
        const ResourceArn = created[`${kind}Arn`] ?? null
        await request(attempt, { service: 'sagemaker', name: 'ListTags', errors }, { ResourceArn })
        return { ...created, ...responseMetadata() }
      },
      describe: () => ask('Describe', name),
      statusOf: ({ [`${kind}Status`]: status }) => {
        if (status === 'Failed') return 'failed'
        return status === 'Completed' || status === 'Stopped' ? 'succeeded' : 'running'
      },
      stop: () => ask('Stop', name),
    })
  }
