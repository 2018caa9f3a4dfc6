import { once } from 'node:events'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout } from 'node:timers/promises'
import type { Platform } from '../../../core/platform.ts'
import { unpack } from '../archive.ts'
import { containerEnvironment, scripts } from '../container/environment.ts'
import type { ContainerAnswer, ContainerRequest } from '../container/http.ts'
import { ContainerTimeout, askContainer } from '../container/http.ts'
import { containerRoot } from '../container/own-opt.ts'
import { pullImage } from '../container/pull-image.ts'
import type { ContainerProcess } from '../container/process.ts'
import { startProcess } from '../container/process.ts'
import { closing } from '../closing.ts'
import { openS3, parseS3Uri } from '../s3.ts'
import type { ServingContainer } from './model.ts'

export interface ServingSettings extends ServingContainer {
  /** Names the container's session: `flight-delays-dev`. */
  readonly name: string
  /** Each line that the container writes. */
  readonly onLine: (line: string) => void
  readonly roleArn: string
  /** The container's own folder; gone with it. */
  readonly folder: string
  /** How long /ping may fail, of the machine's own time. */
  readonly startupMs: number
}

/** A model behind /ping and /invocations. */
export interface Serving {
  readonly exited: Promise<number>
  /** Rejects with {@link ContainerTimeout} when `timeoutMs` of the platform's clock are over. */
  readonly invoke: (
    request: Pick<ContainerRequest, 'headers' | 'body'> & { readonly timeoutMs: number },
  ) => Promise<ContainerAnswer>
  /** SIGTERM, SIGKILL after 30 seconds. */
  readonly stop: () => Promise<void>
  /** SIGKILL. */
  readonly kill: () => void
}

/** The container ended, or /ping never said 200. */
export class UnhealthyContainer extends Error {
  override readonly name = 'UnhealthyContainer'
}

const pingMs = 2000
const graceMs = 30_000

const portOf = async ({ report, exited }: ContainerProcess) => {
  const line = createInterface({ input: report })[Symbol.asyncIterator]().next()
  const first = await Promise.race([line, exited.then(() => undefined)])
  if (first === undefined || first.done) throw new UnhealthyContainer('the container ended before it listened')
  return Number(first.value)
}

/** Gives a request its time on the platform's clock. */
const within = async <T>(platform: Platform, timeoutMs: number, ask: (signal: AbortSignal) => Promise<T>) => {
  const late = new AbortController()
  const answered = new AbortController()
  void platform.clock.sleep(timeoutMs, answered.signal).then(
    () => late.abort(new ContainerTimeout('The container did not answer in time')),
    () => {},
  )
  try {
    return await ask(late.signal)
  } finally {
    answered.abort()
  }
}

/** Asks /ping until it says 200. */
const healthy = async (port: number, signal: AbortSignal) => {
  while (!signal.aborted) {
    const late = AbortSignal.any([signal, AbortSignal.timeout(pingMs)])
    const answer = await askContainer({ port, method: 'GET', path: '/ping', signal: late }).catch(() => undefined)
    if (answer?.status === 200) return
    await setTimeout(50)
  }
}

const untilHealthy = async (platform: Platform, container: ContainerProcess, startupMs: number) => {
  const waiting = new AbortController()
  const tooLate = platform.clock.sleep(startupMs, waiting.signal)
  const interrupted = once(closing(platform), 'abort', { signal: waiting.signal })
  try {
    const port = portOf(container)
    const outcome = await Promise.race([
      port.then((known) => healthy(known, waiting.signal)).then(() => 'healthy'),
      container.exited.then((code) => `the container ended with exit code ${code}`),
      interrupted.then(() => 'the platform shuts down'),
      tooLate.then(() => '/ping did not say 200 in time'),
    ])
    if (outcome !== 'healthy') throw new UnhealthyContainer(outcome)
    return await port
  } finally {
    waiting.abort()
    await Promise.allSettled([tooLate, interrupted]) // both end with the waiting
  }
}

/** Fetches model and code, starts the image's server and waits until it is healthy. */
export const startServing = async (platform: Platform, settings: ServingSettings): Promise<Serving> => {
  const { name, onLine, roleArn, folder, image: uri, modelDataUrl, variables } = settings
  const base = join(folder, 'opt/ml')
  const clear = () => rm(folder, { recursive: true, force: true })
  try {
    const image = await pullImage(platform, uri, { roleArn, session: name, onLine })
    const s3 = await openS3(platform, roleArn, name)
    await mkdir(join(base, 'model'), { recursive: true })
    if (modelDataUrl !== undefined) await unpack(await s3.read(modelDataUrl), join(base, 'model'))
    const source = variables['SAGEMAKER_SUBMIT_DIRECTORY']
    const remote = source !== undefined && parseS3Uri(source).Bucket !== ''
    if (remote) await unpack(await s3.read(source), join(base, 'code'))
    const root = await containerRoot(folder)
    const container = startProcess({
      ...root.command(image.python.executable, [join(scripts, 'serve.py')]),
      cwd: base,
      env: {
        ...containerEnvironment(platform, image, { base: root.base, roleArn, session: name }),
        ...variables,
        ...(remote && { SAGEMAKER_SUBMIT_DIRECTORY: '/opt/ml/code' }),
        SAGEMAKER_BIND_TO_PORT: '0',
      },
      onLine,
    })
    void container.exited.then(clear)
    const port = await untilHealthy(platform, container, settings.startupMs).catch(async (error: unknown) => {
      await container.stop(1000)
      throw error
    })
    return {
      exited: container.exited,
      invoke: ({ timeoutMs, ...request }) =>
        within(platform, timeoutMs, (signal) =>
          askContainer({ ...request, port, method: 'POST', path: '/invocations', signal }),
        ),
      stop: async () => {
        await container.stop(closing(platform).aborted ? 1000 : graceMs)
      },
      kill: container.kill,
    }
  } catch (error) {
    onLine(String(error))
    await clear()
    throw error
  }
}
