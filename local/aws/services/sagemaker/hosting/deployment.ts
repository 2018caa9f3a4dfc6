import type { Platform } from '../../../core/platform.ts'
import type { DataCapture, EndpointConfig } from './endpoint-config.ts'
import type { ServingContainer } from './model.ts'
import { model, servingContainer } from './model.ts'

export interface DeployedVariant {
  readonly name: string
  readonly weight: number
  readonly container: ServingContainer
  readonly roleArn: string
  readonly instanceCount?: number | undefined
  readonly serverless?: { readonly MemorySizeInMB: number; readonly MaxConcurrency: number } | undefined
  readonly startupSeconds: number
}

/** Everything that an endpoint needs of its config and models: both may be deleted while it serves. */
export interface Deployment {
  readonly config: string
  readonly startedAt: number
  readonly variants: readonly DeployedVariant[]
  readonly capture?: DataCapture | undefined
}

const fourMinutes = 240

/** What a config means now. Throws ValidationException if a model is gone. */
export const deploymentOf = (platform: Platform, { name, request }: EndpointConfig): Deployment => ({
  config: name,
  startedAt: platform.clock.now(),
  capture: request.DataCaptureConfig,
  variants: request.ProductionVariants.map((variant) => {
    const served = model(platform, variant.ModelName)
    return {
      name: variant.VariantName,
      weight: variant.InitialVariantWeight,
      container: servingContainer(platform, served.request),
      roleArn: served.request.ExecutionRoleArn,
      instanceCount: variant.InitialInstanceCount,
      serverless: variant.ServerlessConfig,
      startupSeconds: variant.ContainerStartupHealthCheckTimeoutInSeconds ?? fourMinutes,
    }
  }),
})
