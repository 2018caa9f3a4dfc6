import type { Deployment } from '@hopline/workflow'
import type { Hosting } from './services.ts'

/** Puts the previous configuration back; a first deployment that proved wrong is taken away. */
export const restore = async ({ endpoint, config, previousConfig }: Deployment, hosting: Hosting) => {
  const live = await hosting.endpoint(endpoint)
  if (live?.config !== config) return { restored: live?.config ?? null }
  if (live.pending !== null && live.pending === previousConfig) return { restored: previousConfig }
  if (previousConfig === null) await hosting.deleteEndpoint(endpoint)
  else await hosting.updateEndpoint(endpoint, previousConfig)
  return { restored: previousConfig }
}
