import type { Platform } from '../../../core/platform.ts'
import type { DeploymentConfig } from './deployment-config.ts'
import type { DataCapture, EndpointConfig } from './endpoint-config.ts'
import type { ServingContainer } from './model.ts'
import { model, servingContainer } from './model.ts'

export interface DeployedVariant {
  readonly name: string
  readonly weight: number
  readonly container: ServingContainer
  readonly roleArn: string
  /** Counted and told; one process does their work. */
  readonly instanceCount: number
  /** What UpdateEndpointWeightsAndCapacities has asked for and is not there yet. */
  readonly desired?: { readonly weight: number; readonly instanceCount: number } | undefined
  readonly startupSeconds: number
}

/** What the variants of a pending deployment are doing. */
export interface VariantPhase {
  readonly Status: 'Creating' | 'ActivatingTraffic' | 'Baking' | 'Deleting'
  readonly StatusMessage?: string
}

/** Everything that an endpoint needs of its config and models: both may be deleted while it serves. */
export interface Deployment {
  readonly config: string
  readonly startedAt: number
  readonly variants: readonly DeployedVariant[]
  readonly capture?: DataCapture | undefined
  readonly deploymentConfig?: DeploymentConfig | undefined
  readonly phase?: (VariantPhase & { readonly since: number }) | undefined
}

const fourMinutes = 240

/** What a config means now. Throws ValidationException if a model is gone. */
export const deploymentOf = (
  platform: Platform,
  { name, request }: EndpointConfig,
  deploymentConfig?: DeploymentConfig,
): Deployment => ({
  config: name,
  startedAt: platform.clock.now(),
  capture: request.DataCaptureConfig,
  deploymentConfig,
  variants: request.ProductionVariants.map((variant) => {
    const served = model(platform, variant.ModelName)
    return {
      name: variant.VariantName,
      weight: variant.InitialVariantWeight,
      container: servingContainer(platform, served.request),
      roleArn: served.request.ExecutionRoleArn,
      instanceCount: variant.InitialInstanceCount,
      startupSeconds: variant.ContainerStartupHealthCheckTimeoutInSeconds ?? fourMinutes,
    }
  }),
})
