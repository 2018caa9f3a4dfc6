import type { Platform } from '../../../core/platform.ts'
import type { Deployment, VariantPhase } from './deployment.ts'
import { timeoutSecondsOf } from './deployment-config.ts'
import { firingAlarms } from './firing-alarms.ts'
import { trafficSteps } from './traffic-steps.ts'

/** The new fleet must not keep the traffic; the message is the endpoint's FailureReason. */
export class RolledBack extends Error {
  override readonly name = 'RolledBack'
}

const lookEveryMs = 10_000
const shortestLookMs = 100

interface Traffic {
  /** Gives the new fleet a share of the traffic. */
  readonly share: (share: number) => void
  /** Tells what the new variants are doing. */
  readonly tell: (phase: VariantPhase) => void
  readonly signal: AbortSignal
}

/** Moves the traffic to a healthy new fleet, step by step; throws {@link RolledBack} as soon as an alarm rings. */
export const rollOut = async (platform: Platform, deployment: Deployment, { share, tell, signal }: Traffic) => {
  const { clock } = platform
  const deadline = deployment.startedAt + clock.pace(timeoutSecondsOf(deployment.deploymentConfig) * 1000)
  const look = async () => {
    const cause = await firingAlarms(platform, deployment).catch(
      (error: unknown) => `The configured alarm(s) could not be described: ${String(error)}`,
    )
    if (cause !== undefined) throw new RolledBack(`${cause} The deployment was rolled back.`)
    if (clock.now() > deadline) throw new RolledBack('The deployment exceeded MaximumExecutionTimeoutInSeconds.')
  }
  const bake = async (ms: number) => {
    const end = clock.now() + ms
    await look()
    for (let left = ms; left > 0; left = end - clock.now()) {
      await clock.sleep(Math.min(left, Math.max(shortestLookMs, clock.pace(lookEveryMs))), signal)
      await look()
    }
  }
  await look()
  for (const step of trafficSteps(deployment.deploymentConfig, deployment.variants)) {
    tell({ Status: 'ActivatingTraffic' })
    share(step.share)
    if (step.bakeSeconds > 0) tell({ Status: 'Baking', StatusMessage: step.message })
    await bake(clock.pace(step.bakeSeconds * 1000))
  }
}
