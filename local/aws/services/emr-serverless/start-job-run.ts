import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import { defineOperation } from '../../core/operation.ts'
import { passRole, trustsService } from '../../core/policy/pass-role.ts'
import { existingApplication, keepApplication, onApplication } from './applications.ts'
import { keepRun, runArn, runsOf } from './job-runs.ts'
import { newId } from './new-id.ts'
import { beginRun } from './run-job.ts'

const usualTimeoutMinutes = 720

/** The same client token means the same run. */
export default defineOperation({
  service: 'emr-serverless',
  name: 'StartJobRun',
  route: { method: 'POST', path: '/applications/{applicationId}/jobruns' },
  input: z.strictObject({
    applicationId: z.string(),
    clientToken: z.string().min(1).max(64),
    executionRoleArn: z.string().regex(/^arn:aws:iam::\d{12}:role\/.+$/),
    name: z.string().min(1).max(256).optional(),
    jobDriver: z.strictObject({
      sparkSubmit: z.strictObject({
        entryPoint: z.string().regex(/^s3:\/\/.+\.py$/, 'only Python scripts in S3 are supported'),
        entryPointArguments: z.array(z.string()).optional(),
        sparkSubmitParameters: z.string().optional(),
      }),
    }),
    configurationOverrides: z.looseObject({}).optional(),
    executionTimeoutMinutes: z.int().min(0).max(1_000_000).default(usualTimeoutMinutes),
    mode: z.literal('BATCH').optional(),
    retryPolicy: z.strictObject({ maxAttempts: z.literal(1, 'runs are not tried again').optional() }).optional(),
    tags: z.record(z.string(), z.string()).default({}),
  }),
  needs: ({ applicationId, executionRoleArn }, platform) => [
    ...onApplication(platform, 'StartJobRun', applicationId),
    passRole(executionRoleArn, 'emr-serverless.amazonaws.com'),
  ],
  run(input, { platform, principal }) {
    const { applicationId, clientToken, executionRoleArn, name, configurationOverrides } = input
    const application = existingApplication(platform, applicationId)
    const same = runsOf(platform, applicationId).find((run) => run.clientToken === clientToken)
    if (same) return { applicationId, jobRunId: same.jobRunId, arn: runArn(platform, applicationId, same.jobRunId) }
    const stopped = application.state !== 'STARTED' && application.autoStartConfiguration?.enabled === false
    if (application.state === 'TERMINATED' || stopped) {
      throw new AwsError('ConflictException', `Application ${applicationId} is in the state ${application.state}.`, {
        status: 409,
      })
    }
    if (!trustsService(platform, executionRoleArn, 'emr-serverless.amazonaws.com')) {
      throw new AwsError('ValidationException', `EMR Serverless cannot assume the role ${executionRoleArn}.`)
    }
    keepApplication(platform, { ...application, state: 'STARTED' })
    const now = platform.clock.now()
    const run = keepRun(platform, {
      applicationId,
      jobRunId: newId(),
      clientToken,
      ...(name !== undefined && { name }),
      executionRole: executionRoleArn,
      createdBy: principal.arn,
      state: 'SUBMITTED',
      stateDetails: '',
      releaseLabel: application.releaseLabel,
      jobDriver: input.jobDriver,
      ...(configurationOverrides && { configurationOverrides }),
      executionTimeoutMinutes: input.executionTimeoutMinutes,
      tags: input.tags,
      created: now,
      updated: now,
    })
    beginRun(platform, run)
    return { applicationId, jobRunId: run.jobRunId, arn: runArn(platform, applicationId, run.jobRunId) }
  },
})
