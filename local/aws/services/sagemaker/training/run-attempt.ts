import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Platform } from '../../../core/platform.ts'
import { containerRoot } from '../container/own-opt.ts'
import type { PreparedImage } from '../container/prepare-image.ts'
import type { S3 } from '../s3.ts'
import { followCheckpoints } from './checkpoints.ts'
import { blamedOnRequest } from '../failure.ts'
import { prepareInput } from './input.ts'
import { runContainer } from './run-container.ts'
import type { Ending } from './run-container.ts'
import type { TrainingJob } from './training-job.ts'
import { advance } from './transitions.ts'

export interface Attempt {
  readonly job: TrainingJob
  readonly folder: string
  readonly s3: S3
  readonly image: PreparedImage
  readonly onLine: (line: string) => void
  readonly signal: AbortSignal
  readonly limit: { readonly ms: number; readonly ending: Ending }
}

/** A job on a fresh instance: nothing is there but the input, and the checkpoints of former attempts. */
export const runAttempt = async (platform: Platform, attempt: Attempt) => {
  const { job, folder, s3, signal } = attempt
  const { request, name } = job
  await rm(folder, { recursive: true, force: true })
  advance(platform, name, 'Downloading', { startedAt: job.startedAt ?? platform.clock.now() })
  await blamedOnRequest('Data download failed', prepareInput(request, s3, join(folder, 'opt/ml')))
  const checkpoints =
    request.CheckpointConfig &&
    (await blamedOnRequest('Checkpoint download failed', followCheckpoints(request.CheckpointConfig, s3, folder)))
  signal.throwIfAborted()
  advance(platform, name, 'Training')
  const root = await containerRoot(folder, { isolated: request.EnableNetworkIsolation })
  const since = platform.clock.now()
  const ended = await runContainer(platform, { ...attempt, root })
  if (checkpoints) await blamedOnRequest('Checkpoint upload failed', checkpoints.end())
  return { ...ended, tookMs: platform.clock.now() - since }
}
