import { createHmac, hash } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'

/** What of a request is signed. */
export interface SignedRequest {
  readonly method: string
  /** Path and query as they came over the wire. */
  readonly url: string
  readonly headers: IncomingHttpHeaders
}

export const sha256 = (data: string | Uint8Array): string => hash('sha256', data)
/** With a key of plain bytes Node takes four times as long. */
export const hmac = (key: KeyObject, text: string): Buffer => createHmac('sha256', key).update(text).digest()

const encode = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)

const decode = (text: string) => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Query parameters in the order of the wire, decoded; `+` is a plus, as SigV4 and S3 take it. */
export const queryPairs = (url: string): [string, string][] => {
  const start = url.indexOf('?')
  if (start < 0) return []
  return url
    .slice(start + 1)
    .split('&')
    .filter(Boolean)
    .map((pair) => {
      const equals = pair.indexOf('=')
      return equals < 0 ? [decode(pair), ''] : [decode(pair.slice(0, equals)), decode(pair.slice(equals + 1))]
    })
}

export const pathOf = (url: string): string => url.split('?', 1)[0] ?? ''

/** S3 signs the path as sent; every other service signs it encoded once more. */
const canonicalPath = (url: string, service: string) => {
  const path = pathOf(url)
  return service === 's3' ? path : path.split('/').map(encode).join('/')
}

const canonicalQuery = (url: string) =>
  queryPairs(url)
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => [encode(name), encode(value)] as const)
    .toSorted(([a, x], [b, y]) => (a < b ? -1 : a > b ? 1 : x < y ? -1 : x > y ? 1 : 0))
    .map(([name, value]) => `${name}=${value}`)
    .join('&')

/** What HTTP/2 clients sign instead of `host`. */
export const authority = ':authority'

/** Task 1 of Signature Version 4. */
export const canonicalRequest = (
  request: SignedRequest,
  { service, signedHeaders, payloadHash }: { service: string; signedHeaders: readonly string[]; payloadHash: string },
): string =>
  [
    request.method,
    canonicalPath(request.url, service),
    canonicalQuery(request.url),
    ...signedHeaders.map((name) => {
      const value = request.headers[name === authority ? 'host' : name]
      return `${name}:${[value ?? ''].flat().join(',').trim().replace(/ +/g, ' ')}`
    }),
    '',
    signedHeaders.join(';'),
    payloadHash,
  ].join('\n')
