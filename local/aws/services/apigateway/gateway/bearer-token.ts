import { createPublicKey, verify } from 'node:crypto'
import * as z from 'zod'
import { perPlatform } from '../../../core/per-platform.ts'
import type { Authorizer } from '../apis.ts'

/** Why a token is not good enough: it is none of the issuer's, or it lacks a scope. */
export class TokenRefusal extends Error {
  readonly kind: 'invalid_token' | 'insufficient_scope'
  constructor(kind: 'invalid_token' | 'insufficient_scope', message: string) {
    super(message)
    this.name = 'TokenRefusal'
    this.kind = kind
  }
}

const invalid = (message: string) => new TokenRefusal('invalid_token', message)

/** API Gateway takes RSA signatures only. */
const digests: Readonly<Record<string, string>> = { RS256: 'RSA-SHA256', RS384: 'RSA-SHA384', RS512: 'RSA-SHA512' }

const header = z.looseObject({ alg: z.string(), kid: z.string() })
const claims = z.looseObject({
  iss: z.string(),
  aud: z.union([z.string(), z.array(z.string())]).optional(),
  client_id: z.string().optional(),
  exp: z.number(),
  nbf: z.number().optional(),
  iat: z.number().optional(),
  scope: z.string().optional(),
  scp: z.union([z.string(), z.array(z.string())]).optional(),
})
export type Claims = z.infer<typeof claims>

const discovery = z.looseObject({ jwks_uri: z.url() })
const keySet = z.looseObject({ keys: z.array(z.looseObject({ kid: z.string(), kty: z.literal('RSA') })) })
type Key = z.infer<typeof keySet>['keys'][number]

const fetchTimeoutMs = 1500
const cachedMs = 7_200_000

const documentAt = async (url: string): Promise<unknown> => {
  const reply = await fetch(url, { signal: AbortSignal.timeout(fetchTimeoutMs), redirect: 'error' })
  if (!reply.ok) throw new Error(`${url} answers ${reply.status}`)
  return reply.json()
}

/** The keys of issuers, which API Gateway keeps for two hours; an unknown key makes it look again. */
const keysOf = perPlatform(({ clock }) => {
  const known = new Map<string, { keys: readonly Key[]; until: number }>()
  const fetched = async (issuer: string) => {
    const { jwks_uri: place } = discovery.parse(
      await documentAt(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`),
    )
    const { keys } = keySet.parse(await documentAt(place))
    known.set(issuer, { keys, until: clock.now() + cachedMs })
    return keys
  }
  return async (issuer: string, kid: string): Promise<Key | undefined> => {
    const kept = known.get(issuer)
    const found = kept && kept.until > clock.now() ? kept.keys.find((key) => key.kid === kid) : undefined
    return found ?? (await fetched(issuer)).find((key) => key.kid === kid)
  }
})

const part = <T>(schema: z.ZodType<T>, text: string): T => {
  try {
    return schema.parse(JSON.parse(Buffer.from(text, 'base64url').toString()))
  } catch {
    throw invalid('the token cannot be read')
  }
}

const scopesIn = ({ scope, scp }: Claims): string[] => {
  const all = scope ?? scp ?? []
  return typeof all === 'string' ? all.split(' ').filter(Boolean) : all
}

/** Checks a token as a JWT authorizer does: signature, issuer, audience, times, and one of the route's scopes. */
export const verifiedClaims = async (
  platform: Parameters<typeof keysOf>[0],
  token: string,
  { jwtConfiguration: { issuer, audience } }: Pick<Authorizer, 'jwtConfiguration'>,
  routeScopes: readonly string[],
): Promise<{ claims: Claims; scopes: readonly string[] | null }> => {
  const [head = '', body = '', signature = '', ...more] = token.split('.')
  if (more.length > 0) throw invalid('the token cannot be read')
  const { alg, kid } = part(header, head)
  const digest = digests[alg]
  if (digest === undefined) throw invalid('signing method is invalid')
  const key = await keysOf(platform)(issuer, kid).catch((error: unknown) => {
    throw invalid(`the issuer's keys cannot be read: ${error instanceof Error ? error.message : String(error)}`)
  })
  if (!key) throw invalid('the issuer has no such key')
  const publicKey = createPublicKey({ key, format: 'jwk' })
  if (!verify(digest, Buffer.from(`${head}.${body}`), publicKey, Buffer.from(signature, 'base64url'))) {
    throw invalid('the signature is invalid')
  }
  const found = part(claims, body)
  const now = platform.clock.now() / 1000
  if (found.iss !== issuer) throw invalid('the token has an invalid issuer')
  const meant = found.aud === undefined ? [found.client_id] : [found.aud].flat()
  if (!meant.some((each) => each !== undefined && audience.includes(each))) {
    throw invalid('the token does not have a valid audience')
  }
  if (found.exp <= now) throw invalid('the token has expired')
  if ((found.nbf ?? 0) > now || (found.iat ?? 0) > now) throw invalid('the token is not valid yet')
  const scopes = scopesIn(found)
  if (routeScopes.length > 0 && !routeScopes.some((scope) => scopes.includes(scope))) {
    throw new TokenRefusal('insufficient_scope', 'the token lacks a scope')
  }
  return { claims: found, scopes: routeScopes.length > 0 ? scopes : null }
}

const claimText = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.join(' ')}]`
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** Claims as the event has them: all of them text. */
export const claimTexts = (all: Claims): Record<string, string> =>
  Object.fromEntries(Object.entries(all).map(([name, value]) => [name, claimText(value)]))
