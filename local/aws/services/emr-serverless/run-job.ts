import * as z from 'zod'
import type { Platform } from '../../core/platform.ts'
import { settingsIn } from '../spark/configuration.ts'
import { runScript } from '../spark/run-script.ts'
import { runningScripts } from '../spark/running-scripts.ts'
import type { JobRun } from './job-runs.ts'
import { existingRun, keepRun } from './job-runs.ts'

const minuteMs = 60_000
const usualGroup = '/aws/emr-serverless'

const overrides = z.looseObject({
  monitoringConfiguration: z
    .looseObject({ cloudWatchLoggingConfiguration: z.looseObject({ logGroupName: z.string().optional() }).optional() })
    .optional(),
})

const groupOf = ({ configurationOverrides }: JobRun) =>
  overrides.safeParse(configurationOverrides).data?.monitoringConfiguration?.cloudWatchLoggingConfiguration
    ?.logGroupName ?? usualGroup

const filesIn = (parameters: string) => (/--py-files\s+(\S+)/.exec(parameters)?.[1] ?? '').split(',').filter(Boolean)

const enter = (platform: Platform, run: JobRun, change: Partial<JobRun>): JobRun => {
  const kept = keepRun(platform, { ...run, ...change })
  platform.emit({
    source: 'aws.emr-serverless',
    detailType: 'EMR Serverless Job Run State Change',
    resources: [],
    detail: {
      jobRunId: kept.jobRunId,
      applicationId: kept.applicationId,
      arn: `${kept.applicationId}/${kept.jobRunId}`,
      releaseLabel: kept.releaseLabel,
      state: kept.state,
      previousState: run.state,
      createdBy: kept.createdBy,
      updatedAt: new Date(kept.updated).toISOString(),
      createdAt: new Date(kept.created).toISOString(),
    },
  })
  return kept
}

/** Starts a job run's script. */
export const beginRun = (platform: Platform, first: JobRun): void => {
  const { clock } = platform
  const { sparkSubmit } = first.jobDriver
  runningScripts(platform).begin(first.jobRunId, async (signal) => {
    const run = enter(platform, first, { state: 'RUNNING' })
    const timer = new AbortController()
    const limitMs = run.executionTimeoutMinutes * minuteMs
    const late =
      limitMs > 0 &&
      clock.sleep(limitMs, timer.signal).then(
        () => runningScripts(platform).stop(run.jobRunId, 'TIMEOUT'),
        () => false,
      )
    const parameters = sparkSubmit.sparkSubmitParameters ?? ''
    const { failure } = await runScript(
      platform,
      {
        id: run.jobRunId,
        script: sparkSubmit.entryPoint,
        pythonFiles: filesIn(parameters),
        args: sparkSubmit.entryPointArguments ?? [],
        settings: settingsIn(parameters.replace(/--py-files\s+\S+/, '')),
        modules: [],
        roleArn: run.executionRole,
        logs: {
          group: groupOf(run),
          stream: `applications/${run.applicationId}/jobs/${run.jobRunId}/SPARK_DRIVER/stdout`,
        },
      },
      signal,
    )
    timer.abort()
    await late
    const ended = clock.now()
    const now = existingRun(platform, run.applicationId, run.jobRunId)
    if (signal.aborted && signal.reason === 'CANCELLED') enter(platform, now, { state: 'CANCELLED', ended })
    else if (signal.aborted && signal.reason === 'TIMEOUT') {
      const stateDetails = `Job exceeded its execution timeout of ${run.executionTimeoutMinutes} minutes.`
      enter(platform, now, { state: 'FAILED', stateDetails, ended })
    } else if (failure === undefined) enter(platform, now, { state: 'SUCCESS', ended })
    else
      enter(platform, now, {
        state: 'FAILED',
        stateDetails: `Job failed, please check complete logs. ${failure}`,
        ended,
      })
  })
}
