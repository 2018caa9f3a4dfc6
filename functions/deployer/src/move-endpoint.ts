import type { Deployment } from '@hopline/workflow'
import { deployedVersion } from '@hopline/workflow'
import { isBusy } from './check.ts'
import { EndpointBusy } from './errors.ts'
import { contractsDuring, writeLiveContracts } from './live-contracts.ts'
import type { EndpointState, Hosting, Services } from './services.ts'

/**
 * Sets the endpoint on its way to the configuration of a deployment, after the predictor has been told that its contract
 * is live beside that of the model that serves. Other deployments may have come first since this one was planned: the
 * result names the configuration that it really takes over from, or says `keep` where a newer one serves by now and this
 * is no rollback.
 */
export const moveEndpoint = async (deployment: Deployment, services: Services): Promise<Deployment> => {
  const { hosting } = services
  const { pipeline, endpoint, config, modelPackageArn, rollback } = deployment
  const live = await usableEndpoint(endpoint, hosting)
  if (live?.config === config && (live.pending === null || live.pending === config)) return deployment
  if (live?.pending === config) return { ...deployment, previousConfig: live.config }
  if (live && isBusy(live)) throw new EndpointBusy(`${endpoint} is ${live.status} with ${live.config}`)
  if (live && !rollback && isNewer(live.config, config)) return { ...deployment, action: 'keep' }
  const previousConfig = live?.config ?? null
  await writeLiveContracts(pipeline, await contractsDuring(previousConfig, modelPackageArn, services), services)
  if (live) await hosting.updateEndpoint(endpoint, config)
  else await hosting.createEndpoint(endpoint, config)
  return { ...deployment, previousConfig }
}

/** The endpoint as it is. One that failed allows nothing but to be deleted, and that takes its time. */
const usableEndpoint = async (endpoint: string, hosting: Hosting): Promise<EndpointState | null> => {
  const found = await hosting.endpoint(endpoint)
  if (found?.status !== 'Failed') return found
  await hosting.deleteEndpoint(endpoint)
  return hosting.endpoint(endpoint)
}

const isNewer = (one: string, other: string) => (deployedVersion(one) ?? 0) > (deployedVersion(other) ?? 0)
