import { createSecretKey, timingSafeEqual } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { AwsError } from '../errors.ts'
import type { Principal } from '../operation.ts'
import type { Platform } from '../platform.ts'
import { accountKeys, signingKey } from './account-keys.ts'
import { authority, canonicalRequest, hmac, queryPairs, sha256 } from './canonical-request.ts'
import type { SignedRequest } from './canonical-request.ts'
import { refusal } from './refusal.ts'

const algorithm = 'AWS4-HMAC-SHA256'
const largestSkewMs = 15 * 60_000

/** A request whose signature holds, and what its chunks are verified with. */
export interface Verified {
  readonly principal: Principal
  readonly amzDate: string
  /** `20261123/us-east-1/s3/aws4_request` */
  readonly scope: string
  readonly signature: string
  readonly derivedKey: KeyObject
  /** What the signature says of the body: a SHA-256 in hex, `UNSIGNED-PAYLOAD` or `STREAMING-…`. */
  readonly payloadHash: string
}

interface Claim {
  readonly accessKeyId: string
  readonly scope: string
  readonly signedHeaders: readonly string[]
  readonly signature: string
  readonly amzDate: string
  readonly token: string | undefined
  readonly presignedSeconds?: number
}

const one = (value: string | string[] | undefined) => [value].flat()[0]

const claimOfHeaders = ({ headers }: SignedRequest): Claim | undefined => {
  const [kind, ...rest] = (headers.authorization ?? '').split(' ')
  if (kind !== algorithm) return undefined
  const parts = new Map(
    rest
      .join(' ')
      .split(',')
      .map((part): [string, string] => {
        const [name = '', value = ''] = part.trim().split(/=(.*)/s)
        return [name, value]
      }),
  )
  const [accessKeyId = '', ...scope] = (parts.get('Credential') ?? '').split('/')
  return {
    accessKeyId,
    scope: scope.join('/'),
    signedHeaders: (parts.get('SignedHeaders') ?? '').split(';'),
    signature: parts.get('Signature') ?? '',
    amzDate: one(headers['x-amz-date']) ?? '',
    token: one(headers['x-amz-security-token']),
  }
}

const mostKeys = 1000
const derivedKeys = new Map<string, KeyObject>()

/** The key of a day, a region and a service; it is the same for all requests of that day. */
const derivedKeyOf = (secretAccessKey: string, scope: string): KeyObject => {
  const name = `${secretAccessKey} ${scope}`
  const kept = derivedKeys.get(name)
  if (kept) return kept
  if (derivedKeys.size >= mostKeys) derivedKeys.clear()
  const key = scope
    .split('/')
    .reduce((outer, part) => createSecretKey(hmac(outer, part)), createSecretKey(`AWS4${secretAccessKey}`, 'utf8'))
  derivedKeys.set(name, key)
  return key
}

/** Signature Version 2, which boto3 still uses for presigned URLs unless it is told `signature_version='s3v4'`. */
const isSignedTheOldWay = ({ url, headers }: SignedRequest): boolean =>
  headers.authorization?.startsWith('AWS ') === true || queryPairs(url).some(([name]) => name === 'AWSAccessKeyId')

const claimOfQuery = (request: SignedRequest): Claim | undefined => {
  const query = new Map(queryPairs(request.url))
  if (query.get('X-Amz-Algorithm') !== algorithm) return undefined
  const [accessKeyId = '', ...scope] = (query.get('X-Amz-Credential') ?? '').split('/')
  return {
    accessKeyId,
    scope: scope.join('/'),
    signedHeaders: (query.get('X-Amz-SignedHeaders') ?? '').split(';'),
    signature: query.get('X-Amz-Signature') ?? '',
    amzDate: query.get('X-Amz-Date') ?? '',
    token: query.get('X-Amz-Security-Token'),
    presignedSeconds: Number(query.get('X-Amz-Expires') ?? 0),
  }
}

/** The service that a request is signed for, before anything is verified. */
export const signedService = (request: SignedRequest): string | undefined =>
  (claimOfHeaders(request) ?? claimOfQuery(request))?.scope.split('/')[2]

const timeOf = (amzDate: string) =>
  Date.parse(amzDate.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'))

/** A presigned URL ages with the platform's clock; who signs now goes by that, or by the computer's, which nobody puts forward. */
const checkTime = ({ amzDate, presignedSeconds }: Claim, now: number, service: string) => {
  const signed = timeOf(amzDate)
  if (Number.isNaN(signed)) throw refusal(service, 'incomplete', 'The request has no valid X-Amz-Date.')
  if (presignedSeconds !== undefined) {
    if (!(presignedSeconds >= 1 && presignedSeconds <= 604_800))
      throw new AwsError('AuthorizationQueryParametersError', 'X-Amz-Expires must be between 1 and 604800 seconds')
    if (signed > now + largestSkewMs) throw refusal(service, 'skewed', 'Request is not valid yet')
    if (now > signed + presignedSeconds * 1000) throw refusal(service, 'presign-expired', 'Request has expired')
  } else if (Math.min(Math.abs(now - signed), Math.abs(Date.now() - signed)) > largestSkewMs) {
    throw refusal(service, 'skewed', `Signature not yet current or expired: ${amzDate} is not within 15 minutes of now`)
  }
}

const payloadHashOf = (request: SignedRequest, claim: Claim, service: string, body: Uint8Array | undefined) => {
  const stated = one(request.headers['x-amz-content-sha256'])
  if (service === 's3') {
    if (claim.presignedSeconds !== undefined) return stated ?? 'UNSIGNED-PAYLOAD'
    if (!stated) throw new AwsError('InvalidRequest', 'Missing required header for this request: x-amz-content-sha256')
    return stated
  }
  const actual = sha256(body ?? '')
  if (stated && stated !== actual && stated !== 'UNSIGNED-PAYLOAD')
    throw refusal(service, 'mismatch', 'The x-amz-content-sha256 header does not match the body.')
  return stated ?? actual
}

/**
 * Verifies Signature Version 4 of a request, in its headers or (presigned) in its query.
 * `service` is the name that must have signed, such as `s3` or `execute-api`; `body` is needed for every service but S3,
 * whose payload is checked as it is read.
 * Throws AwsError in the service's own words: no signature, unknown key, expired session, skewed clock, mismatch.
 */
export const verifySignature = (
  request: SignedRequest,
  { service, platform, body }: { service: string; platform: Platform; body?: Uint8Array },
): Verified => {
  const claim = claimOfHeaders(request) ?? claimOfQuery(request)
  if (!claim && isSignedTheOldWay(request)) {
    throw new AwsError(
      'InvalidRequest',
      'The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.',
    )
  }
  if (!claim) throw refusal(service, 'missing', 'Request is missing Authentication Token')
  const [date = '', region = '', signedFor = '', end] = claim.scope.split('/')
  const signsHost = claim.signedHeaders.includes('host') || claim.signedHeaders.includes(authority)
  if (end !== 'aws4_request' || !signsHost)
    throw refusal(service, 'incomplete', 'Credential must name date, region and service; host must be signed.')
  if (signedFor !== service)
    throw refusal(service, 'mismatch', `Credential should be scoped to correct service: '${service}'.`)
  if (region !== platform.region)
    throw refusal(service, 'mismatch', `Credential should be scoped to a valid region: '${platform.region}'.`)
  const key = signingKey(accountKeys(platform.store), platform.account, claim.accessKeyId, claim.token)
  if (!key) throw refusal(service, 'unknown-key', claim.accessKeyId)
  const now = platform.clock.now()
  if (key.expires !== undefined && now >= key.expires)
    throw refusal(service, 'token-expired', 'The security token included in the request is expired')
  checkTime(claim, now, service)
  if (claim.amzDate.slice(0, 8) !== date)
    throw refusal(service, 'mismatch', 'Date in Credential scope does not match YYYYMMDD from X-Amz-Date.')

  const payloadHash = payloadHashOf(request, claim, service, body)
  const canonical = canonicalRequest(request, { service, signedHeaders: claim.signedHeaders, payloadHash })
  const toSign = [algorithm, claim.amzDate, claim.scope, sha256(canonical)].join('\n')
  const derivedKey = derivedKeyOf(key.secretAccessKey, claim.scope)
  const expected = hmac(derivedKey, toSign)
  const given = Buffer.from(claim.signature, 'hex')
  if (given.length !== expected.length || !timingSafeEqual(given, expected))
    throw refusal(
      service,
      'mismatch',
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.',
      { CanonicalRequest: canonical, StringToSign: toSign },
    )
  const { amzDate, scope, signature } = claim
  return { principal: key.principal, amzDate, scope, signature, derivedKey, payloadHash }
}
