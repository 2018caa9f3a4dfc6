import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { AwsError } from '../../../core/errors.ts'
import type { Principal } from '../../../core/operation.ts'
import type { Platform } from '../../../core/platform.ts'
import { verifySignature } from '../../../core/signing/verify-signature.ts'
import type { Route } from '../apis.ts'
import { partKey, routes, stages } from '../apis.ts'
import type { GatewayReply } from './gateway-reply.ts'
import { broken, message } from './gateway-reply.ts'
import { matchRoute } from './match-route.ts'
import { requestEvent } from './request-event.ts'
import { requestMetrics } from './request-metrics.ts'
import { tokenOf } from './token-of.ts'

const maxBodyBytes = 10 * 1024 * 1024
const anonymous: Principal = { kind: 'anonymous', arn: 'anonymous' }

/** The whole body, or undefined when it is larger than an API takes; the rest of it is then not read. */
const bodyOf = async (request: IncomingMessage): Promise<Buffer | undefined> => {
  const parts: Buffer[] = []
  let length = 0
  if (Number(request.headers['content-length'] ?? 0) > maxBodyBytes) return undefined
  for await (const bytes of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += bytes.length
    if (length > maxBodyBytes) return undefined
    parts.push(bytes)
  }
  return Buffer.concat(parts, length)
}

const callerOf = (request: IncomingMessage, body: Buffer, platform: Platform): Principal | undefined => {
  const { method = 'GET', url = '/', headers } = request
  try {
    return verifySignature({ method, url, headers }, { service: 'execute-api', platform, body }).principal
  } catch (error) {
    if (!(error instanceof AwsError)) throw error
    platform.log('apigateway', 'request refused', { level: 'warn', url, code: error.code, cause: error.message })
    return undefined
  }
}

const iam = (principal: Principal, request: IncomingMessage, account: string) => ({
  iam: {
    accessKey: /Credential=([^/]+)\//.exec(request.headers.authorization ?? '')?.[1] ?? null,
    accountId: account,
    userArn: principal.arn,
    cognitoIdentity: null,
    principalOrgId: null,
  },
})

const routed = (apiId: string, request: IncomingMessage, platform: Platform) => {
  if (!stages(platform).get(partKey(apiId, '$default'))) return undefined
  const all = routes(platform)
    .list({ prefix: `${apiId}/` })
    .map(({ value }): Route => value)
  try {
    return matchRoute(all, request.method ?? 'GET', (request.url ?? '/').split('?', 1)[0] ?? '/')
  } catch (error) {
    if (error instanceof URIError) return undefined
    throw error
  }
}

const answer = async (
  apiId: string,
  request: IncomingMessage,
  requestId: string,
  platform: Platform,
): Promise<GatewayReply> => {
  const found = routed(apiId, request, platform)
  if (!found) return message(404, 'Not Found')
  const body = await bodyOf(request)
  if (!body) return message(413, 'Request Entity Too Large')
  const { routeId, routeKey, authorizationType } = found.route
  const principal = authorizationType === 'AWS_IAM' ? callerOf(request, body, platform) : anonymous
  if (!principal) return message(403, 'Forbidden')
  const token = authorizationType === 'JWT' ? await tokenOf(found.route, request, platform) : undefined
  if (token && 'status' in token) return token
  const { method = 'GET', url = '/', headers } = request
  const event = requestEvent({
    apiId,
    routeKey,
    method,
    url,
    headers,
    body,
    pathParameters: found.pathParameters,
    sourceIp: request.socket.remoteAddress ?? '',
    requestId,
    time: platform.clock.now(),
    account: platform.account,
    region: platform.region,
    ...(token && { authorizer: token }),
    ...(authorizationType === 'AWS_IAM' && { authorizer: iam(principal, request, platform.account) }),
  })
  const path = url.split('?', 1)[0] ?? '/'
  try {
    return await platform.call('execute-api', 'Invoke', { apiId, routeId, method, path, event }, principal)
  } catch (error) {
    if (!(error instanceof AwsError) || error.code !== 'AccessDeniedException') throw error
    platform.log('apigateway', 'request refused', { level: 'warn', url, code: error.code, cause: error.message })
    return message(403, 'Forbidden')
  }
}

/** Answers one request to an API. Never rejects. */
export const serveRequest = async (
  apiId: string,
  request: IncomingMessage,
  response: ServerResponse,
  platform: Platform,
): Promise<void> => {
  const requestId = randomBytes(11).toString('base64')
  const since = performance.now()
  const reply = await answer(apiId, request, requestId, platform).catch((error: unknown) => {
    const cause = error instanceof Error ? (error.stack ?? error.message) : String(error)
    platform.log('apigateway', 'a request broke', { level: 'error', api: apiId, url: request.url, cause })
    return broken
  })
  const latencyMs = performance.now() - since
  if (!response.destroyed) send(reply, requestId, request, response)
  requestMetrics(platform, apiId, reply.status, latencyMs)
}

const send = (reply: GatewayReply, requestId: string, request: IncomingMessage, response: ServerResponse): void => {
  const unread = !request.complete
  response.writeHead(reply.status, {
    ...reply.headers,
    'content-length': String(reply.body.length),
    'apigw-requestid': requestId,
    ...(unread && { connection: 'close' }),
  })
  response.end(request.method === 'HEAD' ? undefined : reply.body)
}
