import { failures, RestError } from '../rest-error.ts'
import type { Services } from '../services.ts'
import type { Route } from './route.ts'

const variables: Record<string, string> = {
  enable_data_science_profile: 'false',
  enable_flyingduck: 'false',
  kube_kserve_installed: 'false',
  loadbalancer_external_domain_feature_query: '',
  loadbalancer_external_domain_kafka: '127.0.0.1',
  loadbalancer_external_domain_opensearch: '127.0.0.1',
  loadbalancer_external_domain_online_store_rest_server: '127.0.0.1',
  service_discovery_domain: 'consul',
  upload_policy: 'ALLOW',
}

export const variableRoutes = ({ server, searchToken }: Services): Route[] => [
  {
    method: 'GET',
    path: '/variables/versions',
    scope: 'project',
    handle: () => [
      { software: 'hopsworks', version: server.hopsworks },
      { software: 'rondb', version: server.rondb },
    ],
  },
  {
    method: 'GET',
    path: '/elastic/jwt/:project',
    scope: 'featurestore',
    handle: () => ({ token: searchToken }),
  },
  {
    method: 'GET',
    path: '/variables/:variable',
    scope: 'project',
    handle(call) {
      const value = variables[call.param('variable')]
      if (value === undefined) throw new RestError(failures.variableNotFound, call.param('variable'))
      return { successMessage: value }
    },
  },
]
