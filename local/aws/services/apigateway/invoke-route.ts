import { text } from 'node:stream/consumers'
import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import { defineOperation, RawReply } from '../../core/operation.ts'
import type { Platform } from '../../core/platform.ts'
import { existingPart, integrations, routes } from './apis.ts'
import type { GatewayReply } from './gateway/gateway-reply.ts'
import { broken, functionReply, message } from './gateway/gateway-reply.ts'

const tooLarge = new Set(['RequestTooLargeException', 'RequestEntityTooLargeException'])

/** What went wrong before the function could answer, in the words of an HTTP API. */
const refused = (error: unknown, platform: Platform, apiId: string): GatewayReply => {
  const cause = error instanceof Error ? error.message : String(error)
  platform.log('apigateway', 'integration failed', { level: 'warn', api: apiId, cause })
  if (!(error instanceof AwsError)) return broken
  if (tooLarge.has(error.code)) return message(413, 'Request Entity Too Large')
  return error.code === 'TooManyRequestsException' ? message(503, 'Service Unavailable') : broken
}

const called = async (
  platform: Platform,
  functionArn: string,
  event: unknown,
  sourceArn: string,
): Promise<GatewayReply> => {
  const reply = await platform.call(
    'lambda',
    'Invoke',
    { FunctionName: functionArn, Payload: JSON.stringify(event) },
    { kind: 'service', arn: 'apigateway.amazonaws.com', sourceArn },
  )
  if (!(reply instanceof RawReply)) throw new TypeError('Invoke gave no payload')
  if (reply.headers['x-amz-function-error'] !== undefined) return broken
  const { body } = reply
  const payload =
    typeof body === 'string' ? body : body instanceof Uint8Array ? new TextDecoder().decode(body) : await text(body)
  return functionReply(JSON.parse(payload))
}

/** A request or a route of an API, as policies name it. */
const requestArn = ({ region, account }: Platform, apiId: string, request: string) =>
  `arn:aws:execute-api:${region}:${account}:${apiId}/$default/${request}`

/** One request of a deployed API, after it has found its route and its caller is known. */
export default defineOperation({
  service: 'execute-api',
  name: 'Invoke',
  input: z.strictObject({
    apiId: z.string(),
    routeId: z.string(),
    method: z.string(),
    path: z.string(),
    event: z.record(z.string(), z.unknown()),
  }),
  needs({ apiId, routeId, method, path }, platform) {
    const { authorizationType } = existingPart(routes(platform), 'route', apiId, routeId)
    if (authorizationType !== 'AWS_IAM') return []
    return [{ action: 'execute-api:Invoke', resource: requestArn(platform, apiId, `${method}${path}`) }]
  },
  async run({ apiId, routeId, method, event }, { platform }): Promise<GatewayReply> {
    const { target, routeKey } = existingPart(routes(platform), 'route', apiId, routeId)
    const integrationId = target.replace('integrations/', '')
    const integration = existingPart(integrations(platform), 'integration', apiId, integrationId)
    const timer = new AbortController()
    const late = platform.clock.sleep(integration.timeoutInMillis, timer.signal).then(
      () => message(503, 'Service Unavailable'),
      () => broken,
    )
    try {
      const source = requestArn(platform, apiId, routeKey === '$default' ? routeKey : method + routeKey.split(' ')[1])
      const answer = called(platform, integration.integrationUri, event, source)
      return await Promise.race([answer.catch((error: unknown) => refused(error, platform, apiId)), late])
    } finally {
      timer.abort()
    }
  },
})
