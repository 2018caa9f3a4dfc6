import type { Deployment, ModelPackageEvent } from '@hopline/workflow'
import { deployedName, endpointName, parseModelPackageArn } from '@hopline/workflow'
import { UnusableModelPackage } from './errors.ts'
import type { Services } from './services.ts'

/**
 * What an approval asks for. The event of a package that serves already, or of one older than that (saving an approved
 * package again sends its event again), keeps the endpoint as it is.
 */
export const plan = async (event: ModelPackageEvent, services: Services): Promise<{ deployment: Deployment }> => {
  const { ModelPackageArn: modelPackageArn } = event.detail
  const parsed = parseModelPackageArn(modelPackageArn)
  const pipeline = parsed && services.pipelineOf(parsed.group)
  if (parsed === undefined || pipeline === undefined) {
    throw new UnusableModelPackage(`${modelPackageArn} belongs to no pipeline of this stack`)
  }
  const { approval, properties } = await services.hosting.modelPackage(modelPackageArn)
  const { contract, golden } = properties
  if (contract === undefined || golden === undefined) {
    throw new UnusableModelPackage(
      `${modelPackageArn} names no contract or no golden request: was it registered by the evaluator?`,
    )
  }
  const endpoint = endpointName(pipeline, services.stage)
  const live = await services.hosting.endpoint(endpoint)
  const liveConfig = live && live.status !== 'Failed' ? live.config : null
  const liveVersion = Number(/-v(\d+)$/.exec(liveConfig ?? '')?.[1] ?? 0)
  const name = deployedName(pipeline, services.stage, parsed.version)
  return {
    deployment: {
      action: approval === 'Approved' && liveVersion < parsed.version ? 'deploy' : 'keep',
      pipeline,
      endpoint,
      config: name,
      model: name,
      previousConfig: liveConfig === name ? null : liveConfig,
      modelPackageArn,
      contract,
      goldenUri: golden,
    },
  }
}
