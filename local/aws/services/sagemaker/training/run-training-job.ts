import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Platform } from '../../../core/platform.ts'
import { containerEnvironment, imageSettings, scripts } from '../container/environment.ts'
import type { ContainerLog } from '../container/log.ts'
import { openLog } from '../container/log.ts'
import type { PreparedImage } from '../container/prepare-image.ts'
import { prepareImage } from '../container/prepare-image.ts'
import { startProcess } from '../container/process.ts'
import { openS3 } from '../s3.ts'
import { algorithmError, blamedOnRequest, failureReason } from './failure.ts'
import { metricReader } from './final-metrics.ts'
import { prepareInput } from './input.ts'
import { saveOutput } from './output.ts'
import type { TrainingJob } from './training-job.ts'
import { trainingJob } from './training-job.ts'
import { advance } from './transitions.ts'

/** What SageMaker grants between SIGTERM and SIGKILL; saving a model takes the machine's own time at any pace. */
const graceMs = ({ clock }: Platform) => Math.max(clock.pace(120_000), 5000)

const environmentOf = (
  platform: Platform,
  { name, arn, request }: TrainingJob,
  image: PreparedImage,
  base: string,
) => ({
  ...containerEnvironment(platform, image, { base, roleArn: request.RoleArn, session: name }),
  ...request.Environment,
  TRAINING_JOB_NAME: name,
  TRAINING_JOB_ARN: arn,
})

/** Runs the container to its end, to StopTrainingJob or to MaxRuntimeInSeconds, whatever comes first. */
const train = async (
  platform: Platform,
  job: TrainingJob,
  {
    base,
    image,
    onLine,
    signal,
  }: { base: string; image: PreparedImage; onLine: (line: string) => void; signal: AbortSignal },
) => {
  const container = startProcess({
    program: image.python.executable,
    args: [join(scripts, 'train.py')],
    cwd: base,
    env: environmentOf(platform, job, image, base),
    onLine,
  })
  const ended = new AbortController()
  let ending: 'by itself' | 'stopped' | 'late' = 'by itself'
  const stop = (why: 'stopped' | 'late', grace: number) => {
    ending = why
    return container.stop(grace)
  }
  const onAbort = () => {
    void stop('stopped', signal.reason === 'shutdown' ? 1000 : graceMs(platform))
  }
  signal.addEventListener('abort', onAbort, { once: true })
  const limit = platform.clock.sleep(job.request.StoppingCondition.MaxRuntimeInSeconds * 1000, ended.signal).then(
    () => {
      advance(platform, job.name, 'Stopping')
      return stop('late', graceMs(platform))
    },
    () => {},
  )
  const exitCode = await container.exited
  signal.removeEventListener('abort', onAbort)
  ended.abort()
  await limit
  return { exitCode, ending: ending as 'by itself' | 'stopped' | 'late' }
}

const work = async (platform: Platform, name: string, folder: string, log: ContainerLog, signal: AbortSignal) => {
  const job = trainingJob(platform, name)
  const { request } = job
  const base = join(folder, 'opt/ml')
  const image = await blamedOnRequest(
    'Failed to pull the training image',
    prepareImage(request.AlgorithmSpecification.TrainingImage, imageSettings(platform, log.write)),
  )
  signal.throwIfAborted()
  advance(platform, name, 'Downloading', { startedAt: platform.clock.now() })
  const s3 = await openS3(platform, request.RoleArn, name)
  await blamedOnRequest('Data download failed', prepareInput(request, s3, base))
  signal.throwIfAborted()
  advance(platform, name, 'Training')
  const metrics = metricReader(request.AlgorithmSpecification.MetricDefinitions)
  const onLine = (line: string) => {
    log.write(line)
    metrics.read(line, platform.clock.now())
  }
  const { exitCode, ending } = await train(platform, job, { base, image, onLine, signal })
  if (signal.reason === 'shutdown') return
  const failed = ending === 'by itself' && exitCode !== 0
  if (ending === 'by itself' && !failed) advance(platform, name, 'Uploading')
  await blamedOnRequest('Artifact upload failed', saveOutput(job, s3, folder, { model: !failed }))
  if (failed) throw await algorithmError(base, exitCode)
  advance(platform, name, ending === 'late' ? 'MaxRuntimeExceeded' : ending === 'stopped' ? 'Stopped' : 'Completed', {
    endedAt: platform.clock.now(),
    metrics: metrics.final(),
  })
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
