import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { Platform } from '../../../core/platform.ts'
import { sessionArn } from '../../../core/signing/account-keys.ts'
import type { Life } from '../../../core/victims.ts'
import { victims } from '../../../core/victims.ts'
import { closing } from '../closing.ts'
import type { ContainerAnswer } from '../container/http.ts'
import { openLog } from '../container/log.ts'
import { publishMetrics } from '../container/publish-metrics.ts'
import type { DeployedVariant } from './deployment.ts'
import type { Serving } from './serving.ts'
import { startServing } from './serving.ts'

/** A variant of an endpoint at work: a container that is replaced when it dies. */
export interface RunningVariant {
  readonly name: string
  readonly instanceCount: number
  readonly roleArn: string
  readonly invoke: (headers: Readonly<Record<string, string>>, body: Uint8Array) => Promise<ContainerAnswer>
  /** Answers what it has accepted, then ends. */
  readonly stop: () => Promise<void>
}

/** How long a container may take for one answer. */
const answerMs = 60_000

/** Starting Python takes the machine's own time, whatever the platform's pace. */
const shortestStartupMs = 30_000

const replaceAfterMs = 1000

/** Starts a variant; resolves when it is healthy. */
export const startVariant = async (
  platform: Platform,
  endpoint: string,
  { name, instanceCount, container, roleArn, startupSeconds }: DeployedVariant,
): Promise<RunningVariant> => {
  const start = async () => {
    const id = randomUUID()
    const log = openLog(platform, `${endpoint}-${name}`, {
      group: `/aws/sagemaker/Endpoints/${endpoint}`,
      stream: `${name}/i-${id.slice(-17).replace('-', '')}`,
      roleArn,
    })
    await publishMetrics(platform, {
      kind: 'Endpoints',
      dimensions: { EndpointName: endpoint, VariantName: name },
      roleArn,
      session: endpoint,
    })
    let told: Life['line'] | undefined
    try {
      const serving = await startServing(platform, {
        ...container,
        name: endpoint,
        onLine: (line) => {
          log.write(line)
          told?.(line)
        },
        roleArn,
        folder: join(platform.stateDir, 'sagemaker', 'endpoints', endpoint, id),
        startupMs: Math.max(platform.clock.pace(startupSeconds * 1000), shortestStartupMs),
      })
      const life = victims(platform).enter({
        kind: 'endpoint',
        name: endpoint,
        caller: sessionArn(roleArn, endpoint),
        kill: serving.kill,
      })
      told = life.line
      void serving.exited.then(() => {
        life.leave()
        return log.close()
      })
      return serving
    } catch (error) {
      await log.close()
      throw error
    }
  }
  const ended = new AbortController()
  const inFlight = new Set<Promise<unknown>>()
  let current = Promise.resolve(await start())

  const replace = async (): Promise<Serving> => {
    for (;;) {
      await setTimeout(replaceAfterMs)
      ended.signal.throwIfAborted()
      try {
        return await start()
      } catch (error) {
        platform.log('sagemaker', 'a container does not come back', { endpoint, variant: name, cause: String(error) })
      }
    }
  }
  const keep = async () => {
    while (!ended.signal.aborted) {
      const code = await (await current).exited
      if (ended.signal.aborted) return
      platform.log('sagemaker', 'a container ended and is replaced', { endpoint, variant: name, code })
      current = replace()
    }
  }
  keep().catch(() => {}) // stopped while a replacement was on its way

  return {
    name,
    instanceCount,
    roleArn,
    invoke: async (headers, body) => {
      const answer = current.then((serving) => serving.invoke({ headers, body, timeoutMs: answerMs }))
      inFlight.add(answer)
      try {
        return await answer
      } finally {
        inFlight.delete(answer)
      }
    },
    stop: async () => {
      ended.abort()
      if (!closing(platform).aborted) await Promise.allSettled(inFlight)
      await current.then(
        (serving) => serving.stop(),
        () => {},
      )
    },
  }
}
