import { join } from 'node:path'
import type { Platform } from '../../../core/platform.ts'
import { containerEnvironment, scripts } from '../container/environment.ts'
import { ownCommand } from '../container/own-command.ts'
import type { ContainerRoot } from '../container/own-opt.ts'
import type { PreparedImage } from '../container/prepare-image.ts'
import { runToEnd } from '../container/run-to-end.ts'
import type { TrainingJob } from './training-job.ts'
import { advance } from './transitions.ts'

/** What ended a container's work, if it did not end by itself. */
export type Ending = 'stopped' | 'MaxRuntimeExceeded' | 'MaxWaitTimeExceeded' | 'instance lost'

interface Container {
  readonly job: TrainingJob
  readonly folder: string
  readonly root: ContainerRoot
  readonly image: PreparedImage
  readonly onLine: (line: string) => void
  readonly signal: AbortSignal
  /** What is left of its time, and what the job says when it is over. */
  readonly limit: { readonly ms: number; readonly ending: Ending }
}

const environmentOf = (platform: Platform, { job, root, image }: Container) => ({
  ...containerEnvironment(platform, image, { base: root.base, roleArn: job.request.RoleArn, session: job.name }),
  ...job.request.Environment,
  TRAINING_JOB_NAME: job.name,
  TRAINING_JOB_ARN: job.arn,
})

const commandOf = ({ job, image, root }: Container) => {
  const { ContainerEntrypoint, ContainerArguments = [] } = job.request.AlgorithmSpecification
  if (ContainerEntrypoint) return ownCommand(root, image, [...ContainerEntrypoint, ...ContainerArguments])
  return root.command(image.python.executable, [join(scripts, 'train.py'), ...ContainerArguments])
}

/** Runs a job's container to its end, or to whatever comes before. */
export const runContainer = async (platform: Platform, container: Container) => {
  const { job, folder, onLine, signal, limit } = container
  const { name, request } = job
  const { exitCode, ending } = await runToEnd(platform, {
    ...commandOf(container),
    kind: 'training-job',
    name,
    roleArn: request.RoleArn,
    cwd: join(folder, 'opt/ml'),
    env: environmentOf(platform, container),
    onLine,
    signal,
    limitMs: limit.ms,
    onLate: () => advance(platform, name, 'Stopping'),
    warned: request.EnableManagedSpotTraining,
  })
  return { exitCode, ending: ending === 'out of time' ? limit.ending : ending }
}
