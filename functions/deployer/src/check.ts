import type { Deployment, EndpointCheck } from '@hopline/workflow'
import type { EndpointState, Hosting } from './services.ts'

const onTheWay = new Set(['Creating', 'Updating', 'SystemUpdating', 'RollingBack', 'Deleting'])

/** Whether an endpoint is on its way from one configuration to another, or to its end. */
export const isBusy = ({ status, pending }: EndpointState) => pending !== null || onTheWay.has(status)

/** In service only with our configuration and nothing pending: a rolled-back update is InService too, with the old one. */
export const check = async ({ endpoint, config }: Deployment, hosting: Hosting): Promise<EndpointCheck> => {
  const found = await hosting.endpoint(endpoint)
  if (found === null) return { state: 'failed', cause: `endpoint ${endpoint} does not exist` }
  if (isBusy(found)) return { state: 'waiting' }
  if (found.status === 'InService' && found.config === config) return { state: 'in-service' }
  const reason = found.failure ?? `it serves ${found.config}`
  return { state: 'failed', cause: `endpoint ${endpoint} is ${found.status}, not in service with ${config}: ${reason}` }
}
