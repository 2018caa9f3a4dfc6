import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Platform } from '../../../core/platform.ts'
import { sessionArn } from '../../../core/signing/account-keys.ts'
import type { Life } from '../../../core/victims.ts'
import { victims } from '../../../core/victims.ts'
import { openLog } from '../container/log.ts'
import { publishMetrics } from '../container/publish-metrics.ts'
import { model, servingContainer } from '../hosting/model.ts'
import type { Serving } from '../hosting/serving.ts'
import { startServing } from '../hosting/serving.ts'
import type { S3 } from '../s3.ts'
import { UnusableObjects, openS3, parseS3Uri, pathBelow } from '../s3.ts'
import { UnusableRecord } from './forms.ts'
import type { TransformJobRequest } from './request.ts'
import { endTransformJob, saveTransformJob, transformJob } from './transform-job.ts'
import { RefusedBatch, transformObject } from './transform-object.ts'

const startupMs = 600_000

/** What tells a container that it serves a batch. */
const batchVariables = ({
  MaxPayloadInMB,
  BatchStrategy,
  MaxConcurrentTransforms = 1,
  Environment,
}: TransformJobRequest) => ({
  SAGEMAKER_BATCH: 'true',
  SAGEMAKER_MAX_PAYLOAD_IN_MB: String(MaxPayloadInMB),
  SAGEMAKER_BATCH_STRATEGY: BatchStrategy === 'MultiRecord' ? 'MULTI_RECORD' : 'SINGLE_RECORD',
  SAGEMAKER_MAX_CONCURRENT_TRANSFORMS: String(MaxConcurrentTransforms),
  ...Environment,
})

interface Work {
  readonly request: TransformJobRequest
  readonly s3: S3
  readonly serving: Serving
  readonly folder: string
  readonly signal: AbortSignal
}

/** Every object of the input; one that fails leaves no output and does not keep the others from theirs. */
const transformAll = async ({ request, s3, serving, folder, signal }: Work) => {
  const { S3Uri } = request.TransformInput.DataSource.S3DataSource
  const { Bucket, Key: prefix } = parseS3Uri(S3Uri)
  const keys = await s3.list(S3Uri)
  if (keys.length === 0)
    throw new UnusableObjects(`No S3 objects found under S3 URL "${S3Uri}" given in input data source.`)
  const failures: unknown[] = []
  for (const key of keys) {
    const file = join(folder, 'assembled')
    const target = `${request.TransformOutput.S3OutputPath.replace(/\/+$/, '')}/${pathBelow(prefix, key)}.out`
    try {
      await transformObject(request, { object: await s3.read(`s3://${Bucket}/${key}`), serving, file, signal })
      await s3.upload(file, target)
    } catch (error) {
      if (signal.aborted) throw error
      failures.push(error)
    }
  }
  if (failures.length > 0) throw failures[0]
}

/** As AWS words it: the log has the rest. */
const reasonOf = (error: unknown) => {
  if (error instanceof RefusedBatch) return 'AlgorithmError: See job logs for more information'
  if (error instanceof UnusableRecord) return 'ClientError: See job logs for more information'
  const text = error instanceof Error ? error.message : String(error)
  return `ClientError: ${text}`.slice(0, 1024)
}

/** A batch transform job from its creation to its end. */
export const runTransformJob = async (platform: Platform, name: string, signal: AbortSignal) => {
  const folder = join(platform.stateDir, 'sagemaker', 'transform-jobs', name)
  const { request, createdAt } = transformJob(platform, name)
  const { request: served } = model(platform, request.ModelName)
  const log = openLog(platform, name, {
    group: '/aws/sagemaker/TransformJobs',
    stream: `${name}/${Math.floor(createdAt / 1000)}`,
    roleArn: served.ExecutionRoleArn,
  })
  let serving: Serving | undefined
  let life: Life | undefined
  try {
    await publishMetrics(platform, {
      kind: 'TransformJobs',
      dimensions: { Host: `${name}/i-1` },
      roleArn: served.ExecutionRoleArn,
      session: name,
    })
    const container = servingContainer(platform, served)
    serving = await startServing(platform, {
      ...container,
      variables: { ...container.variables, ...batchVariables(request) },
      name,
      onLine: (line) => {
        log.write(line)
        life?.line(line)
      },
      roleArn: served.ExecutionRoleArn,
      folder: join(folder, 'container'),
      startupMs,
    })
    signal.throwIfAborted()
    signal.addEventListener('abort', () => void serving?.stop())
    const { kill } = serving
    life = victims(platform).enter({
      kind: 'transform-job',
      name,
      caller: sessionArn(served.ExecutionRoleArn, name),
      kill,
    })
    saveTransformJob(platform, { ...transformJob(platform, name), startedAt: platform.clock.now() })
    await mkdir(folder, { recursive: true })
    const s3 = await openS3(platform, served.ExecutionRoleArn, name)
    await transformAll({ request, s3, serving, folder, signal })
    endTransformJob(platform, name)
  } catch (error) {
    if (signal.reason === 'shutdown') return // the next start finds the job unfinished and says so
    log.write(String(error))
    if (!signal.aborted) platform.log('sagemaker', 'transform job failed', { name, cause: String(error) })
    endTransformJob(platform, name, reasonOf(error))
  } finally {
    life?.leave()
    await serving?.stop()
    await log.close()
    await rm(folder, { recursive: true, force: true })
  }
}
