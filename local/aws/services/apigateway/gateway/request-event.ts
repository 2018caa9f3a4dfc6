import { isUtf8 } from 'node:buffer'
import type { IncomingHttpHeaders } from 'node:http'

/** A request that has found its route. */
export interface RoutedRequest {
  readonly apiId: string
  readonly routeKey: string
  readonly method: string
  /** Path and query as they came. */
  readonly url: string
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
  readonly pathParameters: Readonly<Record<string, string>>
  readonly sourceIp: string
  readonly requestId: string
  /** Milliseconds since 1970. */
  readonly time: number
  readonly account: string
  readonly region: string
  readonly authorizer?: Readonly<Record<string, unknown>>
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const two = (number: number) => String(number).padStart(2, '0')

/** `24/Nov/2026:05:11:50 +0000`. */
const accessTime = (time: number): string => {
  const at = new Date(time)
  const day = `${two(at.getUTCDate())}/${months[at.getUTCMonth()]}/${at.getUTCFullYear()}`
  return `${day}:${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())} +0000`
}

const isText = (contentType: string | undefined, body: Buffer) =>
  isUtf8(body) &&
  (contentType === undefined ||
    /^(?:text\/|application\/(?:json|xml|javascript)|[^;]*\+(?:json|xml))/i.test(contentType))

const joined = (pairs: Iterable<readonly [string, string]>): Record<string, string> => {
  const all: Record<string, string> = {}
  for (const [name, value] of pairs) all[name] = name in all ? `${all[name]},${value}` : value
  return all
}

const flatHeaders = (headers: IncomingHttpHeaders) =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined || name === 'cookie' ? [] : [[name, [value].flat().join(',')]],
    ),
  )

/** The event of payload format 2.0. */
export const requestEvent = (request: RoutedRequest) => {
  const { apiId, routeKey, method, headers, body } = request
  const [path = '/', rawQueryString = ''] = request.url.split(/\?(.*)/s)
  const rawPath = decodeURIComponent(path)
  const query = joined(new URLSearchParams(rawQueryString))
  const cookies = headers.cookie?.split(/;\s*/)
  const text = isText(headers['content-type'], body)
  return {
    version: '2.0',
    routeKey,
    rawPath,
    rawQueryString,
    ...(cookies && { cookies }),
    headers: flatHeaders(headers),
    ...(rawQueryString !== '' && { queryStringParameters: query }),
    requestContext: {
      accountId: request.account,
      apiId,
      ...(request.authorizer && { authorizer: request.authorizer }),
      domainName: `${apiId}.execute-api.${request.region}.amazonaws.com`,
      domainPrefix: apiId,
      http: {
        method,
        path: rawPath,
        protocol: 'HTTP/1.1',
        sourceIp: request.sourceIp,
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: request.requestId,
      routeKey,
      stage: '$default',
      time: accessTime(request.time),
      timeEpoch: request.time,
    },
    ...(Object.keys(request.pathParameters).length > 0 && { pathParameters: request.pathParameters }),
    ...(body.length > 0 && { body: text ? body.toString() : body.toString('base64') }),
    isBase64Encoded: body.length > 0 && !text,
  }
}
