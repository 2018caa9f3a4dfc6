import { join } from 'node:path'
import type { Platform } from '../../core/platform.ts'
import { settingsIn } from '../spark/configuration.ts'
import { runScript } from '../spark/run-script.ts'
import { runningScripts } from '../spark/running-scripts.ts'
import type { JobRun } from './job-runs.ts'
import { existingRun, keepRun } from './job-runs.ts'
import type { Job } from './jobs.ts'
import { roleArn } from './jobs.ts'

const minuteMs = 60_000

/** Keeps a run's new state and tells EventBridge of it, if it is an end. */
const enter = (platform: Platform, run: JobRun, change: Partial<JobRun>): JobRun => {
  const kept = keepRun(platform, { ...run, ...change })
  if (kept.completed === undefined) return kept
  platform.emit({
    source: 'aws.glue',
    detailType: 'Glue Job State Change',
    resources: [],
    detail: {
      jobName: kept.JobName,
      severity: kept.JobRunState === 'SUCCEEDED' ? 'INFO' : 'ERROR',
      state: kept.JobRunState,
      jobRunId: kept.Id,
      message: kept.ErrorMessage ?? 'Job run succeeded',
    },
  })
  return kept
}

/** Text parameters as the script sees them: `--name value`, sorted by Glue's own names first. */
const argumentsOf = ({ JobName, Id, Arguments }: JobRun): string[] =>
  Object.entries({ '--JOB_NAME': JobName, '--JOB_RUN_ID': Id, ...Arguments }).flat()

const listIn = (text: string | undefined) => (text ?? '').split(',').filter(Boolean)

/** Starts a run's script; a failed one is tried again as often as the job says. */
export const beginRun = (platform: Platform, job: Job, first: JobRun): void => {
  const { clock } = platform
  runningScripts(platform).begin(first.Id, async (signal) => {
    const run = enter(platform, first, { JobRunState: 'RUNNING' })
    const timer = new AbortController()
    const late = clock.sleep(run.Timeout * minuteMs, timer.signal).then(
      () => runningScripts(platform).stop(run.Id, 'TIMEOUT'),
      () => false,
    )
    const { failure } = await runScript(
      platform,
      {
        id: run.Id,
        script: job.Command.ScriptLocation,
        pythonFiles: listIn(run.Arguments['--extra-py-files']),
        args: argumentsOf(run),
        settings: settingsIn(run.Arguments['--conf'] ?? ''),
        modules: [join(import.meta.dirname, 'python')],
        roleArn: roleArn(platform, job.Role),
        logs: { group: '/aws-glue/jobs/output', stream: run.Id },
      },
      signal,
    )
    timer.abort()
    await late
    const completed = clock.now()
    const now = existingRun(platform, run.JobName, run.Id)
    if (signal.aborted && signal.reason === 'TIMEOUT') {
      enter(platform, now, { JobRunState: 'TIMEOUT', ErrorMessage: 'Job run timed out', completed })
    } else if (signal.aborted && signal.reason === 'STOPPED')
      enter(platform, now, { JobRunState: 'STOPPED', completed })
    else if (failure === undefined) enter(platform, now, { JobRunState: 'SUCCEEDED', completed })
    else {
      enter(platform, now, { JobRunState: 'FAILED', ErrorMessage: failure, completed })
      if (run.Attempt < (job.MaxRetries ?? 0) && !signal.aborted) retry(platform, job, run)
    }
  })
}

const retry = (platform: Platform, job: Job, failed: JobRun) => {
  const { ErrorMessage: _, completed: __, ...run } = failed
  const Attempt = run.Attempt + 1
  const Id = `${run.Id.replace(/_attempt_\d+$/, '')}_attempt_${Attempt}`
  const again: JobRun = {
    ...run,
    Id,
    Attempt,
    PreviousRunId: run.Id,
    JobRunState: 'STARTING',
    started: platform.clock.now(),
  }
  beginRun(platform, job, keepRun(platform, again))
}
