import { AwsError } from '../../../core/errors.ts'
import type { DeployedVariant } from './deployment.ts'
import type { DeploymentConfig } from './deployment-config.ts'

/** How far traffic moves at once, and how long it is watched before it moves on. */
export interface TrafficStep {
  /** Of the traffic, 0 to 1, that the new fleet gets. */
  readonly share: number
  readonly bakeSeconds: number
  /** As VariantStatus tells it. */
  readonly message: string
}

const refuse = (message: string) => new AwsError('ValidationException', message)

type Size = NonNullable<
  DeploymentConfig['BlueGreenUpdatePolicy']['TrafficRoutingConfiguration']['CanarySize' | 'LinearStepSize']
>

/** A part of a fleet as a share of its instances. */
const shareOf = (what: string, { Type, Value }: Size, instances: number, smallestPercent: number) => {
  const share = Type === 'CAPACITY_PERCENT' ? Value / 100 : Value / instances
  if (share > 0.5 || share * 100 < smallestPercent) {
    throw refuse(`${what} must be between ${smallestPercent} and 50 percent of the fleet of ${instances} instance(s).`)
  }
  return share
}

const defaultTimeoutSeconds = 28_800

/**
 * The steps of a blue/green update. Throws ValidationException when the fleet is too small to be split, or when the
 * waits do not fit into MaximumExecutionTimeoutInSeconds.
 */
export const trafficSteps = (
  config: DeploymentConfig | undefined,
  variants: readonly DeployedVariant[],
): readonly TrafficStep[] => {
  const policy = config?.BlueGreenUpdatePolicy
  const routing = policy?.TrafficRoutingConfiguration
  const { TerminationWaitInSeconds: termination = 0, MaximumExecutionTimeoutInSeconds = defaultTimeoutSeconds } =
    policy ?? {}
  const interval = routing?.WaitIntervalInSeconds ?? 0
  const instances = variants.reduce((sum, { instanceCount }) => sum + instanceCount, 0)
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
    if (routing?.CanarySize) return [part(shareOf('CanarySize', routing.CanarySize, instances, 1), 'canary')]
    if (!routing?.LinearStepSize) return []
    const share = shareOf('LinearStepSize', routing.LinearStepSize, instances, 10)
    return Array.from({ length: Math.ceil(1 / share) - 1 }, (_, index) => part((index + 1) * share, 'linear step'))
  }
  const steps = [...before(), all]
  const waits = steps.reduce((sum, { bakeSeconds }) => sum + bakeSeconds, 0)
  if (waits >= MaximumExecutionTimeoutInSeconds) {
    throw refuse('MaximumExecutionTimeoutInSeconds must be longer than all the waits of the update together.')
  }
  return steps
}
