import { join } from 'node:path'
import type { Platform } from '../../../core/platform.ts'
import { sessionArn } from '../../../core/signing/account-keys.ts'
import { victims } from '../../../core/victims.ts'
import { containerEnvironment, scripts } from '../container/environment.ts'
import type { ContainerRoot } from '../container/own-opt.ts'
import type { PreparedImage } from '../container/prepare-image.ts'
import { startProcess } from '../container/process.ts'
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

/** What SageMaker grants between SIGTERM and SIGKILL; saving a model takes the machine's own time at any pace. */
const graceMs = ({ clock }: Platform) => Math.max(clock.pace(120_000), 5000)

const environmentOf = (platform: Platform, { job, root, image }: Container) => ({
  ...containerEnvironment(platform, image, { base: root.base, roleArn: job.request.RoleArn, session: job.name }),
  ...job.request.Environment,
  TRAINING_JOB_NAME: job.name,
  TRAINING_JOB_ARN: job.arn,
})

const commandOf = ({ job, image, root }: Container) => {
  const { ContainerEntrypoint, ContainerArguments = [] } = job.request.AlgorithmSpecification
  const [program = image.python.executable, ...first] = ContainerEntrypoint ?? [
    image.python.executable,
    join(scripts, 'train.py'),
  ]
  return root.command(program, [...first, ...ContainerArguments])
}

/** Runs a job's container to its end, or to whatever comes before: a stop, a limit, the loss of its instance. */
export const runContainer = async (platform: Platform, container: Container) => {
  const { job, folder, onLine, signal, limit } = container
  const { name, request } = job
  let ending: Ending | undefined
  const ended = new AbortController()
  const running = startProcess({
    ...commandOf(container),
    cwd: join(folder, 'opt/ml'),
    env: environmentOf(platform, container),
    onLine: (line) => {
      onLine(line)
      life.line(line)
    },
  })
  const stop = (why: Ending, grace: number) => {
    ending ??= why
    return running.stop(grace)
  }
  /** Spot capacity goes with a warning, a broken machine without. */
  const lose = () => {
    ending ??= 'instance lost'
    if (request.EnableManagedSpotTraining) void running.stop(graceMs(platform))
    else running.kill()
  }
  const life = victims(platform).enter({
    kind: 'training-job',
    name,
    caller: sessionArn(request.RoleArn, name),
    kill: (end) => {
      if (end === 'instance') lose()
      else running.kill()
    },
  })
  const onAbort = () => void stop('stopped', signal.reason === 'shutdown' ? 1000 : graceMs(platform))
  signal.addEventListener('abort', onAbort, { once: true })
  const late = platform.clock.sleep(limit.ms, ended.signal).then(
    () => {
      advance(platform, name, 'Stopping')
      return stop(limit.ending, graceMs(platform))
    },
    () => {},
  )
  const exitCode = await running.exited
  life.leave()
  signal.removeEventListener('abort', onAbort)
  ended.abort()
  await late
  return { exitCode, ending }
}
