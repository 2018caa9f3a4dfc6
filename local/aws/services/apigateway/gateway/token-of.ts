import type { IncomingMessage } from 'node:http'
import type { Platform } from '../../../core/platform.ts'
import type { Route } from '../apis.ts'
import { authorizers, existingPart } from '../apis.ts'
import { claimTexts, TokenRefusal, verifiedClaims } from './bearer-token.ts'
import type { GatewayReply } from './gateway-reply.ts'
import { message } from './gateway-reply.ts'

const tokenAt = (source: string, { url = '/', headers }: IncomingMessage): string | undefined => {
  const [, kind, name = ''] = /^\$request\.(header|querystring)\.(.+)$/.exec(source) ?? []
  const value =
    kind === 'header'
      ? [headers[name.toLowerCase()]].flat()[0]
      : (new URLSearchParams(url.split(/\?(.*)/s)[1] ?? '').get(name) ?? undefined)
  return value?.replace(/^Bearer /i, '')
}

const refused = (status: 401 | 403, challenge: string): GatewayReply => {
  const reply = message(status, status === 401 ? 'Unauthorized' : 'Forbidden')
  return { ...reply, headers: { ...reply.headers, 'www-authenticate': challenge } }
}

/** What a request's token says, as the event has it; or the refusal of the request. */
export const tokenOf = async (
  { apiId, authorizerId = '', authorizationScopes = [] }: Route,
  request: IncomingMessage,
  platform: Platform,
): Promise<GatewayReply | { readonly jwt: object }> => {
  const authorizer = existingPart(authorizers(platform), 'authorizer', apiId, authorizerId)
  const token = tokenAt(authorizer.identitySource[0] ?? '', request)
  if (token === undefined) return refused(401, 'Bearer')
  try {
    const { claims, scopes } = await verifiedClaims(platform, token, authorizer, authorizationScopes)
    return { jwt: { claims: claimTexts(claims), scopes } }
  } catch (error) {
    if (!(error instanceof TokenRefusal)) throw error
    platform.log('apigateway', 'request refused', { level: 'warn', url: request.url, cause: error.message })
    const scope = `scope="${authorizationScopes.join(' ')}"`
    return error.kind === 'insufficient_scope'
      ? refused(403, `Bearer ${scope} error="insufficient_scope" error_description="${error.message}"`)
      : refused(401, `Bearer ${scope} error="invalid_token" error_description="${error.message}"`)
  }
}
