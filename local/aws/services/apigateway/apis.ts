import { randomInt } from 'node:crypto'
import { AwsError } from '../../core/errors.ts'
import type { Permission } from '../../core/operation.ts'
import type { Platform } from '../../core/platform.ts'
import type { Table } from '../../core/store.ts'

/** An HTTP API; it answers on a loopback port of its own. */
export interface Api {
  readonly apiId: string
  readonly name: string
  readonly protocolType: 'HTTP'
  readonly description?: string
  readonly disableExecuteApiEndpoint: boolean
  readonly tags: Readonly<Record<string, string>>
  readonly port: number
  /** Milliseconds since 1970. */
  readonly created: number
}

export interface Stage {
  readonly apiId: string
  readonly stageName: string
  readonly autoDeploy: boolean
  readonly description?: string
  readonly defaultRouteSettings?: { readonly detailedMetricsEnabled?: boolean | undefined }
  readonly tags?: Readonly<Record<string, string>>
}

export interface Integration {
  readonly apiId: string
  readonly integrationId: string
  readonly integrationType: 'AWS_PROXY'
  /** A function's ARN. */
  readonly integrationUri: string
  readonly payloadFormatVersion: '2.0'
  readonly timeoutInMillis: number
  readonly description?: string
}

export interface Route {
  readonly apiId: string
  readonly routeId: string
  /** `POST /v1/{pipeline}/predict`, `ANY /{proxy+}` or `$default`. */
  readonly routeKey: string
  /** `integrations/<id>`. */
  readonly target: string
  readonly authorizationType: 'NONE' | 'AWS_IAM' | 'JWT'
  readonly authorizerId?: string
  readonly authorizationScopes?: readonly string[]
  readonly operationName?: string
}

export interface Authorizer {
  readonly apiId: string
  readonly authorizerId: string
  readonly name: string
  readonly authorizerType: 'JWT'
  /** Where a request has its token: `$request.header.Authorization`. */
  readonly identitySource: readonly string[]
  readonly jwtConfiguration: { readonly audience: readonly string[]; readonly issuer: string }
}

/** Keys are API ids; those of what belongs to an API begin with its id. */
export const apis = ({ store }: Platform): Table<Api> => store.table('apigateway.apis')
export const stages = ({ store }: Platform): Table<Stage> => store.table('apigateway.stages')
export const integrations = ({ store }: Platform): Table<Integration> => store.table('apigateway.integrations')
export const authorizers = ({ store }: Platform): Table<Authorizer> => store.table('apigateway.authorizers')
export const routes = ({ store }: Platform): Table<Route> => store.table('apigateway.routes')

const letters = 'abcdefghijklmnopqrstuvwxyz0123456789'
export const newId = (length: number): string =>
  Array.from({ length }, () => letters.charAt(randomInt(letters.length))).join('')

export const partKey = (apiId: string, part: string): string => `${apiId}/${part}`

const notFound = (what: string, id: string) =>
  new AwsError('NotFoundException', `Invalid ${what} identifier specified ${id}`, { status: 404 })

export const existingApi = (platform: Platform, apiId: string): Api => {
  const found = apis(platform).get(apiId)
  if (!found) throw notFound('API', apiId)
  return found
}

export const existingPart = <T>(table: Table<T>, what: string, apiId: string, part: string): T => {
  const found = table.get(partKey(apiId, part))
  if (!found) throw notFound(what, part)
  return found
}

/** What API Gateway's own operations need: a verb on a path of its REST interface. */
export const managing = (verb: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, platform: Platform): Permission[] => [
  { action: `apigateway:${verb}`, resource: `arn:aws:apigateway:${platform.region}::${path}` },
]

/** An API as GetApi shows it. */
export const describedApi = ({ port, created, ...api }: Api) => ({
  ...api,
  apiEndpoint: `http://127.0.0.1:${port}`,
  createdDate: new Date(created).toISOString(),
  apiKeySelectionExpression: '$request.header.x-api-key',
  routeSelectionExpression: '$request.method $request.path',
})
