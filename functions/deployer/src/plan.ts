import type { Deployment, ModelPackageEvent, RollbackRequest } from '@hopline/workflow'
import { deployedName, deployedVersion, endpointName, parseModelPackageArn } from '@hopline/workflow'
import { UnusableModelPackage } from './errors.ts'
import { contractsDuring } from './live-contracts.ts'
import type { Services } from './services.ts'

/**
 * What an approval or a rollback asks for. The event of a package that serves already, or of one older than that (saving
 * an approved package again sends its event again), keeps the endpoint as it is; a rollback may go to an older one.
 * Throws ContractClash before anything is created.
 */
export const plan = async (
  event: ModelPackageEvent | RollbackRequest,
  services: Services,
): Promise<{ deployment: Deployment }> => {
  const rollback = 'rollback' in event
  const modelPackageArn = rollback ? event.rollback.modelPackageArn : event.detail.ModelPackageArn
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
  if (rollback && approval !== 'Approved') {
    throw new UnusableModelPackage(`${modelPackageArn} is ${approval}: approve it before you go back to it`)
  }
  const endpoint = endpointName(pipeline, services.stage)
  const live = await services.hosting.endpoint(endpoint)
  const liveConfig = live && live.status !== 'Failed' ? live.config : null
  const liveVersion = liveConfig === null ? 0 : (deployedVersion(liveConfig) ?? 0)
  const name = deployedName(pipeline, services.stage, parsed.version)
  const pending = live?.pending ?? null
  const isWanted = rollback
    ? liveVersion !== parsed.version || pending !== null
    : approval === 'Approved' && liveVersion < parsed.version
  const action = isWanted ? 'deploy' : 'keep'
  if (action === 'deploy') await contractsDuring(liveConfig, modelPackageArn, services)
  return {
    deployment: {
      action,
      rollback,
      pipeline,
      endpoint,
      config: name,
      model: name,
      previousConfig: liveConfig === name ? pending : liveConfig,
      modelPackageArn,
      contract,
      goldenUri: golden,
    },
  }
}
