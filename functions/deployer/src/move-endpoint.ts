import type { Deployment } from '@hopline/workflow'
import { isBusy } from './check.ts'
import { EndpointBusy } from './errors.ts'
import { contractsDuring, writeLiveContracts } from './live-contracts.ts'
import type { Services } from './services.ts'

/**
 * Sets the endpoint on its way to the configuration of a deployment, after the predictor has been told that its contract
 * is live beside that of the model that serves.
 */
export const moveEndpoint = async (deployment: Deployment, services: Services): Promise<void> => {
  const { hosting } = services
  const { pipeline, endpoint, config, modelPackageArn } = deployment
  const found = await hosting.endpoint(endpoint)
  if (found?.status === 'Failed') await hosting.deleteEndpoint(endpoint) // nothing else is allowed on a failed endpoint
  const live = found?.status === 'Failed' ? null : found
  if (live?.config === config) return
  if (live && isBusy(live)) throw new EndpointBusy(`${endpoint} is ${live.status} with ${live.config}`)
  await writeLiveContracts(pipeline, await contractsDuring(live?.config ?? null, modelPackageArn, services), services)
  if (live) await hosting.updateEndpoint(endpoint, config)
  else await hosting.createEndpoint(endpoint, config)
}
