import type { Platform } from '../../../core/platform.ts'
import type { Deployment } from './deployment.ts'
import { rollbackShares } from './rolling-steps.ts'
import { instancesOf } from './traffic-steps.ts'

interface Traffic {
  /** What of the traffic the new fleet has. */
  readonly from: number
  /** Gives the new fleet a share of the traffic. */
  readonly share: (share: number) => void
  readonly signal: AbortSignal
}

/**
 * Takes the traffic back from a new fleet: at once, or batch by batch in a rolling update. Only the latter can fail, by
 * a fault on request (`sagemaker` `RollBackEndpoint`).
 */
export const takeBack = async (
  platform: Platform,
  EndpointName: string,
  { deploymentConfig, variants }: Deployment,
  { from, share, signal }: Traffic,
): Promise<void> => {
  const rolling = deploymentConfig?.RollingUpdatePolicy
  if (!rolling) return share(0)
  const { clock } = platform
  for (const left of rollbackShares(rolling, instancesOf(variants), from)) {
    await platform.act('sagemaker', 'RollBackEndpoint', { EndpointName }, () => share(left))
    if (left > 0) await clock.sleep(clock.pace(rolling.WaitIntervalInSeconds * 1000), signal)
  }
}
