import type * as z from 'zod'
import { AwsError } from '../errors.ts'
import { isRecord } from '../is-record.ts'
import { hasMember } from '../schema-members.ts'
import { queryPairs } from '../signing/canonical-request.ts'
import type { Exchange, Protocol, Received } from './protocol.ts'
import { restMembers } from './rest-members.ts'
import { readXml, writeXml } from './xml.ts'
import type { ListForm } from './xml.ts'

const names = restMembers('s3')
const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n'
const metadataPrefix = 'x-amz-meta-'

/** Headers that concern transport and signature, not the operation. */
const transport = new Set([
  'x-amz-content-sha256',
  'x-amz-date',
  'x-amz-decoded-content-length',
  'x-amz-request-payer',
  'x-amz-security-token',
  'x-amz-trailer',
  'x-amz-user-agent',
])

const wrapped: Record<string, string> = { Buckets: 'Bucket', TagSet: 'Tag' }
const renamed: Record<string, string> = {
  DeleteMarkers: 'DeleteMarker',
  Errors: 'Error',
  Parts: 'Part',
  Rules: 'Rule',
  Transitions: 'Transition',
  Uploads: 'Upload',
  Versions: 'Version',
}
const listForm = (name: string): ListForm => {
  const item = wrapped[name]
  return item ? { item, wrapped: true } : { item: renamed[name] ?? name, wrapped: false }
}

const notImplemented = (what: string) =>
  new AwsError('NotImplemented', `A ${what} you provided implies functionality that is not implemented.`, {
    status: 501,
  })

const withMetadata = (members: Record<string, unknown>, metadata: Record<string, string>) =>
  Object.keys(metadata).length > 0 ? { ...members, Metadata: metadata } : members

const fromHeaders = ({ headers }: Received, schema: z.ZodType) => {
  const members: Record<string, unknown> = {}
  const metadata: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) {
    const member = names.headers[name]
    if (name.startsWith(metadataPrefix)) metadata[name.slice(metadataPrefix.length)] = [value].flat().join(',')
    else if (member && (name.startsWith('x-amz-') || hasMember(schema, member))) members[member] = value
    else if (name.startsWith('x-amz-') && !member && !transport.has(name)) throw notImplemented(`header ${name}`)
  }
  return withMetadata(members, metadata)
}

const fromQuery = ({ url }: Received, required: readonly string[] = []) => {
  const members: Record<string, unknown> = {}
  const metadata: Record<string, string> = {}
  for (const [name, value] of queryPairs(url)) {
    if (name.startsWith('X-Amz-') || name === 'x-id') continue
    if (required.some((each) => each.split('=')[0] === name && !names.query[name])) continue
    // A presigned URL carries headers as parameters.
    const member = names.query[name] ?? (name.startsWith('x-amz-') ? names.headers[name] : undefined)
    if (name.startsWith(metadataPrefix)) metadata[name.slice(metadataPrefix.length)] = value
    else if (member) members[member] = value
    else throw notImplemented(`query parameter ${name}`)
  }
  return withMetadata(members, metadata)
}

const fromBody = ({ body }: Received, payload: string) => {
  const text = body.toString()
  if (payload === 'Policy') return { Policy: text }
  if (!text.trim()) return {}
  try {
    const { content } = readXml(text)
    return { [payload]: content === '' ? {} : content }
  } catch {
    throw new AwsError('MalformedXML', `The XML you provided was not well-formed (${payload}).`)
  }
}

const headerNames = new Map([
  ...Object.entries(names.headers).map(([name, member]) => [member, name] as const),
  ['ChecksumAlgorithm', 'x-amz-checksum-algorithm'],
])

/** Members of an output as response headers. */
export const headersFrom = (members: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(members)
      .filter(([, value]) => value !== undefined)
      .map(([member, value]) => [
        headerNames.get(member) ?? member.toLowerCase(),
        value instanceof Date ? value.toUTCString() : String(value),
      ]),
  )

/** S3: members in path, query and headers, XML bodies, errors as `<Error>`. */
export const restXmlProtocol: Protocol = {
  invalid: 'InvalidArgument',
  input: (received, { route, input }) => ({
    ...fromHeaders(received, input),
    ...fromQuery(received, route?.query),
    ...(route?.payload ? fromBody(received, route.payload) : {}),
    ...received.labels,
  }),
  reply: (output, { requestId }, { route }) => {
    const { status = 200, root, payload, headers: inHeaders = [] } = route?.reply ?? {}
    const members = Object.entries(isRecord(output) ? output : {})
    const apart = (inside: boolean) =>
      Object.fromEntries(members.filter(([name]) => inHeaders.includes(name) === inside))
    const headers = { 'x-amz-request-id': requestId, ...headersFrom(apart(true)) }
    const content = apart(false)
    if (payload && !root) return { status, headers, body: String(content[payload]) }
    if (!root) return { status, headers, body: '' }
    const xml = writeXml(root, payload ? content[payload] : content, listForm)
    const body = declaration + xml.replace(`<${root}>`, `<${root} xmlns="http://s3.amazonaws.com/doc/2006-03-01/">`)
    return { status, headers: { ...headers, 'content-type': 'application/xml' }, body }
  },
  refuse: ({ code, message, status, fields }, exchange: Exchange) => {
    const { requestId, method, url } = exchange
    const headers = { 'x-amz-request-id': requestId, 'content-type': 'application/xml' }
    if (method === 'HEAD' || status === 304) return { status, headers, body: '' }
    const error = { Code: code, Message: message, ...fields, Resource: url.split('?')[0], RequestId: requestId }
    return { status, headers, body: declaration + writeXml('Error', error, listForm) }
  },
  unknown: ({ method, url }) =>
    new AwsError('NotImplemented', `${method} ${url.split('?')[0]} implies functionality that is not implemented.`, {
      status: 501,
    }),
}
