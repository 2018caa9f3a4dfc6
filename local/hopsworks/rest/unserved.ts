import { log } from '../log.ts'
import { failures, RestError } from '../rest-error.ts'
import type { Route } from './route.ts'

const view = '/project/:project/featurestores/:store/featureview/:view/version/:version'

const needs = {
  mysql:
    'This needs MySQL on port 3306, which the local Hopsworks does not serve. Read vectors over REST: init_serving(init_rest_client=True).',
  flight:
    'This needs the query service (Arrow Flight) or MySQL, which the local Hopsworks does not serve. Read training data from a training dataset, rows of the online store as feature vectors over REST.',
} as const

const unserved = (method: Route['method'], path: string, why: string): Route => ({
  method,
  path,
  scope: 'featurestore',
  handle() {
    log('warn', 'unserved', { method, path, why })
    throw new RestError(failures.notHere, why)
  },
})

/** Requests of clients that go on to a protocol that is not spoken here: they are told at once. */
export const unservedRoutes = (): Route[] => [
  unserved('GET', `${view}/preparedstatement`, needs.mysql),
  unserved('GET', '/project/:project/featurestores/:store/storageconnectors/onlinefeaturestore', needs.mysql),
  unserved('PUT', '/project/:project/featurestores/query', needs.flight),
]
