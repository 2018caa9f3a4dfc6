import type { RollingUpdatePolicy, Size } from './deployment-config.ts'
import { fleetShare } from './fleet-share.ts'
import type { TrafficStep } from './traffic-steps.ts'

const all: Size = { Type: 'CAPACITY_PERCENT', Value: 100 }

/** The batches of a rolling update: with each, new instances take the place of as many old ones. */
export const rollingSteps = (
  { MaximumBatchSize, WaitIntervalInSeconds: bakeSeconds }: RollingUpdatePolicy,
  instances: number,
): readonly TrafficStep[] => {
  const batch = fleetShare('MaximumBatchSize', MaximumBatchSize, instances, { least: 5, most: 50 })
  return Array.from({ length: Math.ceil(1 / batch) }, (_, index) => {
    const share = Math.min(1, (index + 1) * batch)
    const message = `Baking for ${bakeSeconds} seconds (WaitIntervalInSeconds) with traffic enabled on batch capacity of ${Math.max(1, Math.round(share * instances))} instance(s).`
    return { share, bakeSeconds, message }
  })
}

/** What the new fleet still has after each batch of a rollback, down to nothing. */
export const rollbackShares = (
  { RollbackMaximumBatchSize = all }: RollingUpdatePolicy,
  instances: number,
  share: number,
): readonly number[] => {
  const batch = fleetShare('RollbackMaximumBatchSize', RollbackMaximumBatchSize, instances, { least: 5, most: 100 })
  return Array.from({ length: Math.ceil(share / batch) }, (_, index) => Math.max(0, share - (index + 1) * batch))
}
