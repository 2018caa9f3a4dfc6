import type { Platform } from '../../../core/platform.ts'
import { chance } from './chance.ts'
import type { DataCapture } from './endpoint-config.ts'
import type { Deployment } from './deployment.ts'
import type { RunningVariant } from './variant.ts'
import { startVariant } from './variant.ts'

/** The containers of one deployment of one endpoint. */
export interface Fleet {
  readonly config: string
  readonly capture: DataCapture | undefined
  /** The variant asked for, else one by weight; undefined if there is none. */
  readonly route: (target: string | undefined) => RunningVariant | undefined
  /** Gives the variants other weights. */
  readonly weigh: (weights: ReadonlyMap<string, number>) => void
  readonly stop: () => Promise<void>
}

/** A variant's container did not become healthy; the message is the endpoint's FailureReason. */
export class FleetNotHealthy extends Error {
  override readonly name = 'FleetNotHealthy'
}

/** Starts every variant; resolves when all are healthy, else ends those that are and throws {@link FleetNotHealthy}. */
export const startFleet = async (platform: Platform, endpoint: string, deployment: Deployment): Promise<Fleet> => {
  const { config, capture, variants } = deployment
  const started = await Promise.allSettled(variants.map((variant) => startVariant(platform, endpoint, variant)))
  const running = started.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
  const failed = started.findIndex(({ status }) => status === 'rejected')
  const failure = started[failed]
  const stop = async () => {
    await Promise.all(running.map((variant) => variant.stop()))
  }
  if (failure?.status === 'rejected') {
    await stop()
    platform.log('sagemaker', 'an endpoint is not healthy', { endpoint, config, reason: String(failure.reason) })
    throw new FleetNotHealthy(
      `The primary container for production variant ${variants[failed]?.name} did not pass the ping health check. ` +
        'Please check CloudWatch logs for this endpoint.',
    )
  }
  let weights: ReadonlyMap<string, number> = new Map(variants.map(({ name, weight }) => [name, weight]))
  const weightOf = ({ name }: RunningVariant) => weights.get(name) ?? 0
  const byWeight = () => {
    let left = chance(platform)() * running.reduce((sum, variant) => sum + weightOf(variant), 0)
    return running.find((variant) => (left -= weightOf(variant)) < 0) ?? running[0]
  }
  return {
    config,
    capture,
    route: (target) => (target === undefined ? byWeight() : running.find(({ name }) => name === target)),
    weigh: (wanted) => {
      weights = wanted
    },
    stop,
  }
}
