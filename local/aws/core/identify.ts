import { jsonProtocol } from './protocols/json-protocol.ts'
import type { Protocol } from './protocols/protocol.ts'
import { queryParameters, queryProtocol } from './protocols/query-protocol.ts'
import { restJsonProtocol } from './protocols/rest-json-protocol.ts'
import { restXmlProtocol } from './protocols/rest-xml-protocol.ts'
import type { Match, createRoutes } from './routes.ts'
import type { Operation } from './operation.ts'
import { pathOf, queryPairs } from './signing/canonical-request.ts'
import type { SignedRequest } from './signing/canonical-request.ts'
import { signedService } from './signing/verify-signature.ts'

/** X-Amz-Target's prefix → the name that signs, and the JSON version of the replies. */
const targets: Readonly<Record<string, readonly [service: string, version: '1.0' | '1.1']>> = {
  AWSStepFunctions: ['states', '1.0'],
  AmazonSQS: ['sqs', '1.0'],
  GraniteServiceVersion20100801: ['monitoring', '1.0'],
  SageMaker: ['sagemaker', '1.1'],
  secretsmanager: ['secretsmanager', '1.1'],
  AWSEvents: ['events', '1.1'],
  Logs_20140328: ['logs', '1.1'],
  AWSGlue: ['glue', '1.1'],
  Kinesis_20131202: ['kinesis', '1.1'],
  AmazonSSM: ['ssm', '1.1'],
  AnyScaleFrontendService: ['application-autoscaling', '1.1'],
  AmazonEC2ContainerRegistry_V20150921: ['ecr', '1.1'],
}

const protocols = { '1.0': jsonProtocol('1.0'), '1.1': jsonProtocol('1.1') }

/** Version of the query APIs → service, for callers that signed nothing. */
const versions: Readonly<Record<string, string>> = {
  '2011-06-15': 'sts',
  '2010-05-08': 'iam',
  '2010-05-15': 'cloudformation',
  '2010-03-31': 'sns',
  '2010-08-01': 'monitoring',
}

/** What a request asks for. `operation` is undefined when nothing here does it. */
export interface Identified {
  readonly service: string
  readonly name: string
  readonly protocol: Protocol
  readonly operation: Operation | undefined
  readonly labels: Readonly<Record<string, string>>
}

export interface Catalogue {
  readonly byName: ReadonlyMap<string, Operation>
  readonly route: ReturnType<typeof createRoutes>
}

export const nameOf = (service: string, name: string): string => `${service}:${name}`

const byTarget = (target: string, { byName }: Catalogue): Identified => {
  const [prefix = '', name = ''] = target.split('.')
  const [service, version] = targets[prefix] ?? [prefix.toLowerCase(), '1.1']
  return { service, name, protocol: protocols[version], operation: byName.get(nameOf(service, name)), labels: {} }
}

const byRoute = (request: SignedRequest, catalogue: Catalogue): Identified => {
  const signed = signedService(request)
  const found: Match | undefined =
    catalogue.route(request, signed) ?? (signed ? undefined : catalogue.route(request, 's3'))
  const service = found?.operation.service ?? signed ?? 's3'
  return {
    service,
    name: found?.operation.name ?? `${request.method} ${pathOf(request.url)}`,
    protocol: service === 's3' ? restXmlProtocol : restJsonProtocol,
    operation: found?.operation,
    labels: found?.labels ?? {},
  }
}

const isForm = ({ headers }: SignedRequest) =>
  (headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded')

/** Whether the action is a form parameter: `body` must then be read before the request can be identified. */
export const isQuery = (request: SignedRequest): boolean =>
  pathOf(request.url) === '/' &&
  !request.headers['x-amz-target'] &&
  ((request.method === 'POST' && isForm(request)) || queryPairs(request.url).some(([name]) => name === 'Action'))

const byAction = (request: SignedRequest, body: Buffer, { byName }: Catalogue): Identified => {
  const parameters = queryParameters({ url: request.url, body })
  const name = parameters.get('Action') ?? ''
  const service = signedService(request) ?? versions[parameters.get('Version') ?? ''] ?? 'sts'
  return { service, name, protocol: queryProtocol, operation: byName.get(nameOf(service, name)), labels: {} }
}

/** Tells the service, the operation and the protocol of a request; `body` is only looked at for query requests. */
export const identify = (request: SignedRequest, body: Buffer, catalogue: Catalogue): Identified => {
  const target = [request.headers['x-amz-target']].flat()[0]
  if (target) return byTarget(target, catalogue)
  return isQuery(request) ? byAction(request, body, catalogue) : byRoute(request, catalogue)
}
