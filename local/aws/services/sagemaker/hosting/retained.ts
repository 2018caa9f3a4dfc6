import * as z from 'zod'
import type { Deployment } from './deployment.ts'

export const retainable = z.enum(['DesiredInstanceCount', 'DesiredWeight', 'DataCaptureConfig'])

/** A new deployment with what the serving one had and RetainAllVariantProperties keeps. */
export const retained = (
  fresh: Deployment,
  serving: Deployment | undefined,
  excluded: readonly z.infer<typeof retainable>[],
): Deployment => ({
  ...fresh,
  capture: excluded.includes('DataCaptureConfig') ? fresh.capture : serving?.capture,
  variants: fresh.variants.map((variant) => {
    const known = serving?.variants.find(({ name }) => name === variant.name)
    if (known === undefined) return variant
    return {
      ...variant,
      weight: excluded.includes('DesiredWeight') ? variant.weight : known.weight,
      instanceCount: excluded.includes('DesiredInstanceCount') ? variant.instanceCount : known.instanceCount,
    }
  }),
})
