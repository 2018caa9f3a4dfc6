import { AwsError } from '../../../core/errors.ts'
import type { DeployedVariant } from './deployment.ts'
import type { DeploymentConfig } from './deployment-config.ts'
import { timeoutSecondsOf } from './deployment-config.ts'
import { fleetShare } from './fleet-share.ts'
import { rollingSteps } from './rolling-steps.ts'

/** How far traffic moves at once, and how long it is watched before it moves on. */
export interface TrafficStep {
  /** Of the traffic, 0 to 1, that the new fleet gets. */
  readonly share: number
  readonly bakeSeconds: number
  /** As VariantStatus tells it. */
  readonly message: string
}

const refuse = (message: string) => new AwsError('ValidationException', message)

const halfAtMost = (least: number) => ({ least, most: 50 })

export const instancesOf = (variants: readonly DeployedVariant[]) =>
  variants.reduce((sum, { instanceCount }) => sum + instanceCount, 0)

/** The steps of a blue/green update. */
const blueGreenSteps = (
  policy: DeploymentConfig['BlueGreenUpdatePolicy'],
  instances: number,
): readonly TrafficStep[] => {
  const routing = policy?.TrafficRoutingConfiguration
  const { TerminationWaitInSeconds: termination = 0 } = policy ?? {}
  const interval = routing?.WaitIntervalInSeconds ?? 0
  const part = (share: number, capacity: string): TrafficStep => ({
    share,
    bakeSeconds: interval,
    message: `Baking for ${interval} seconds (WaitIntervalInSeconds) with traffic enabled on ${capacity} capacity of ${Math.max(1, Math.round(share * instances))} instance(s).`,
  })
  const all: TrafficStep = {
    share: 1,
    bakeSeconds: termination,
    message: `Baking for ${termination} seconds (TerminationWaitInSeconds) with traffic enabled on full capacity of ${instances} instance(s).`,
  }
  const before = () => {
    if (routing?.CanarySize && instances < 2) throw refuse('A canary needs a fleet of at least 2 instances.')
    if (routing?.CanarySize)
      return [part(fleetShare('CanarySize', routing.CanarySize, instances, halfAtMost(1)), 'canary')]
    if (!routing?.LinearStepSize) return []
    const share = fleetShare('LinearStepSize', routing.LinearStepSize, instances, halfAtMost(10))
    return Array.from({ length: Math.ceil(1 / share) - 1 }, (_, index) => part((index + 1) * share, 'linear step'))
  }
  return [...before(), all]
}

/**
 * The steps of an update. Throws ValidationException when the fleet is too small to be split, or when the waits do not
 * fit into MaximumExecutionTimeoutInSeconds.
 */
export const trafficSteps = (
  config: DeploymentConfig | undefined,
  variants: readonly DeployedVariant[],
): readonly TrafficStep[] => {
  const instances = instancesOf(variants)
  const rolling = config?.RollingUpdatePolicy
  const steps = rolling ? rollingSteps(rolling, instances) : blueGreenSteps(config?.BlueGreenUpdatePolicy, instances)
  const waits = steps.reduce((sum, { bakeSeconds }) => sum + bakeSeconds, 0)
  if (waits >= timeoutSecondsOf(config)) {
    throw refuse('MaximumExecutionTimeoutInSeconds must be longer than all the waits of the update together.')
  }
  return steps
}
