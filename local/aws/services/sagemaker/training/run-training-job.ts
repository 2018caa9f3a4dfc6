import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Platform } from '../../../core/platform.ts'
import type { ContainerLog } from '../container/log.ts'
import { openLog } from '../container/log.ts'
import { publishMetrics } from '../container/publish-metrics.ts'
import { pullImage } from '../container/pull-image.ts'
import { openS3 } from '../s3.ts'
import { algorithmError, blamedOnRequest, failureReason } from '../failure.ts'
import { metricReader } from './final-metrics.ts'
import { saveOutput } from './output.ts'
import { putTrainingMetric } from './put-training-metric.ts'
import { runAttempt } from './run-attempt.ts'
import { timeLeft } from './time-left.ts'
import type { TrainingJob } from './training-job.ts'
import { trainingJob } from './training-job.ts'
import { advance } from './transitions.ts'

/** How long spot capacity stays away. */
const capacityMs = 60_000

/** The instance of a job that may not start again is gone. */
class InstanceLost extends Error {
  override readonly name = 'InstanceLost'
}

const work = async (platform: Platform, name: string, folder: string, log: ContainerLog, signal: AbortSignal) => {
  const { clock } = platform
  const { request, createdAt } = trainingJob(platform, name)
  const rights = { roleArn: request.RoleArn, session: name }
  await publishMetrics(platform, { ...rights, kind: 'TrainingJobs', dimensions: { Host: `${name}/algo-1` } })
  const image = await blamedOnRequest(
    'Failed to pull the training image',
    pullImage(platform, request.AlgorithmSpecification.TrainingImage, { ...rights, onLine: log.write }),
  )
  signal.throwIfAborted()
  const s3 = await openS3(platform, request.RoleArn, name)
  const metrics = metricReader(request.AlgorithmSpecification.MetricDefinitions, putTrainingMetric(platform, name))
  const onLine = (line: string) => {
    log.write(line)
    metrics.read(line, clock.now())
  }
  const end = (to: 'Completed' | 'Stopped' | 'MaxRuntimeExceeded' | 'MaxWaitTimeExceeded') =>
    advance(platform, name, to, { endedAt: clock.now(), metrics: metrics.final() })
  const left = (trainedMs: number) => timeLeft(request, { createdAt, now: clock.now(), trainedMs })
  const save = (job: TrainingJob, model: boolean) =>
    blamedOnRequest('Artifact upload failed', saveOutput(job, s3, folder, { model }))

  let trainedMs = 0
  let restarts = request.RetryStrategy?.MaximumRetryAttempts ?? 0
  for (;;) {
    const job = trainingJob(platform, name)
    const ended = await runAttempt(platform, { job, folder, s3, image, onLine, signal, limit: left(trainedMs) })
    if (signal.reason === 'shutdown') return
    trainedMs += ended.tookMs
    if (ended.ending !== 'instance lost') {
      const failed = ended.ending === undefined && ended.exitCode !== 0
      if (ended.ending === undefined && !failed) advance(platform, name, 'Uploading')
      await save(job, !failed)
      if (failed) throw await algorithmError(join(folder, 'opt/ml'), ended.exitCode)
      return end(ended.ending === undefined ? 'Completed' : ended.ending === 'stopped' ? 'Stopped' : ended.ending)
    }
    if (request.EnableManagedSpotTraining) {
      advance(platform, name, 'Interrupted')
      const { ms, ending } = left(trainedMs)
      await clock.sleep(Math.min(clock.pace(capacityMs), ms), signal)
      if (ending === 'MaxWaitTimeExceeded' && left(trainedMs).ms <= 0) {
        advance(platform, name, 'Stopping')
        return end(ending)
      }
      advance(platform, name, 'Starting')
    } else if (restarts-- > 0) advance(platform, name, 'Restarting')
    else throw new InstanceLost(`the instance of ${name} is gone`)
  }
}

/** A training job from its creation to its end; all it leaves behind is in S3, in its record and in its log. */
export const runTrainingJob = async (platform: Platform, name: string, signal: AbortSignal) => {
  const folder = join(platform.stateDir, 'sagemaker', 'training-jobs', name)
  const { request, createdAt } = trainingJob(platform, name)
  const log = openLog(platform, name, {
    group: '/aws/sagemaker/TrainingJobs',
    stream: `${name}/algo-1-${Math.floor(createdAt / 1000)}`,
    roleArn: request.RoleArn,
  })
  try {
    await work(platform, name, folder, log, signal)
  } catch (error) {
    if (signal.reason === 'shutdown') return // the next start finds the job unfinished and says so
    const endedAt = platform.clock.now()
    if (signal.aborted) return advance(platform, name, 'Stopped', { endedAt })
    const reason = failureReason(error)
    platform.log('sagemaker', 'training job failed', { name, reason, cause: String(error) })
    advance(platform, name, 'Failed', { endedAt, failureReason: reason })
  } finally {
    await log.close()
    await rm(folder, { recursive: true, force: true })
  }
}
