import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Platform } from '../../../core/platform.ts'
import { containerEnvironment } from '../container/environment.ts'
import type { ContainerLog } from '../container/log.ts'
import { openLog } from '../container/log.ts'
import { ownCommand } from '../container/own-command.ts'
import { containerRoot } from '../container/own-opt.ts'
import { publishMetrics } from '../container/publish-metrics.ts'
import { pullImage } from '../container/pull-image.ts'
import { runToEnd } from '../container/run-to-end.ts'
import { AlgorithmError, blamedOnRequest, failureReason } from '../failure.ts'
import { openS3 } from '../s3.ts'
import { followOutputs } from './follow-outputs.ts'
import { prepareInput } from './prepare-input.ts'
import { endProcessingJob, processingJob, saveProcessingJob } from './processing-job.ts'

const longestMessageBytes = 1024

/** What the container left in output/message, at most a kilobyte of it. */
const exitMessage = async (folder: string) => {
  const text = await readFile(join(folder, 'opt/ml/output/message')).catch(() => undefined)
  return text && new TextDecoder().decode(text.subarray(0, longestMessageBytes), { stream: true })
}

const work = async (platform: Platform, name: string, folder: string, log: ContainerLog, signal: AbortSignal) => {
  const job = processingJob(platform, name)
  const { RoleArn, AppSpecification, Environment, NetworkConfig, StoppingCondition } = job.request
  const rights = { roleArn: RoleArn, session: name }
  await publishMetrics(platform, { ...rights, kind: 'ProcessingJobs', dimensions: { Host: `${name}/algo-1` } })
  const image = await blamedOnRequest(
    'Failed to pull the processing image',
    pullImage(platform, AppSpecification.ImageUri, { ...rights, onLine: log.write }),
  )
  const s3 = await openS3(platform, RoleArn, name)
  await blamedOnRequest('Data download failed', prepareInput(job, s3, folder))
  signal.throwIfAborted()
  saveProcessingJob(platform, { ...processingJob(platform, name), startedAt: platform.clock.now() })
  const root = await containerRoot(folder, { isolated: NetworkConfig?.EnableNetworkIsolation === true })
  const outputs = await followOutputs(job.request, s3, folder)
  const { exitCode, ending } = await runToEnd(platform, {
    ...ownCommand(root, image, [
      ...AppSpecification.ContainerEntrypoint,
      ...(AppSpecification.ContainerArguments ?? []),
    ]),
    kind: 'processing-job',
    name,
    roleArn: RoleArn,
    cwd: join(folder, 'opt/ml'),
    env: {
      ...containerEnvironment(platform, image, { ...rights, base: root.base }),
      ...Environment,
      PROCESSING_JOB_NAME: name,
      PROCESSING_JOB_ARN: job.arn,
    },
    onLine: log.write,
    signal,
    limitMs: StoppingCondition.MaxRuntimeInSeconds * 1000,
    onLate: () => saveProcessingJob(platform, { ...processingJob(platform, name), status: 'Stopping' }),
  })
  if (signal.reason === 'shutdown') return
  const succeeded = ending === undefined && exitCode === 0
  await blamedOnRequest('Output upload failed', outputs.end({ succeeded }))
  const said = { exitMessage: await exitMessage(folder) }
  if (succeeded) endProcessingJob(platform, name, { ...said, status: 'Completed' })
  else if (ending === 'stopped' || ending === 'out of time')
    endProcessingJob(platform, name, { ...said, status: 'Stopped' })
  else {
    const reason =
      ending === 'instance lost'
        ? new Error(`the instance of ${name} is gone`)
        : new AlgorithmError('See job logs for more information')
    endProcessingJob(platform, name, { ...said, status: 'Failed', failureReason: failureReason(reason) })
  }
}

/** A processing job from its creation to its end; all it leaves behind is in S3, in its record and in its log. */
export const runProcessingJob = async (platform: Platform, name: string, signal: AbortSignal) => {
  const folder = join(platform.stateDir, 'sagemaker', 'processing-jobs', name)
  const { request, createdAt } = processingJob(platform, name)
  const log = openLog(platform, name, {
    group: '/aws/sagemaker/ProcessingJobs',
    stream: `${name}/algo-1-${Math.floor(createdAt / 1000)}`,
    roleArn: request.RoleArn,
  })
  try {
    await work(platform, name, folder, log, signal)
  } catch (error) {
    if (signal.reason === 'shutdown') return // the next start finds the job unfinished and says so
    if (signal.aborted) return endProcessingJob(platform, name, { status: 'Stopped' })
    const reason = failureReason(error)
    platform.log('sagemaker', 'processing job failed', { name, reason, cause: String(error) })
    endProcessingJob(platform, name, { status: 'Failed', failureReason: reason })
  } finally {
    await log.close()
    await rm(folder, { recursive: true, force: true })
  }
}
