import { AwsError } from '../errors.ts'
import { queryPairs } from '../signing/canonical-request.ts'
import { hasMember } from '../schema-members.ts'
import { readJson, writeJson } from './json-text.ts'
import { restMembers } from './rest-members.ts'
import type { Protocol } from './protocol.ts'

/** Path, query, headers and a JSON body: Lambda, SageMaker's runtime. */
export const restJsonProtocol: Protocol = {
  invalid: 'ValidationException',
  input: ({ url, headers, body, labels }, operation) => {
    const { route, service, input } = operation
    const names = restMembers(service)
    const members: Record<string, unknown> = {}
    for (const [name, member] of Object.entries(names.headers))
      if (headers[name] !== undefined && hasMember(input, member)) members[member] = headers[name]
    for (const [name, value] of queryPairs(url)) {
      if (name.startsWith('X-Amz-') || route?.query?.some((required) => required.split('=')[0] === name)) continue
      const member = names.query[name] ?? name
      members[member] = member in members ? [members[member], value].flat() : value
    }
    if (!route?.stream) {
      const content = readJson(body)
      Object.assign(members, route?.payload ? { [route.payload]: content } : content)
    }
    return { ...members, ...labels }
  },
  reply: (output, { requestId }, { route }) => ({
    status: output === undefined ? 204 : (route?.reply?.status ?? 200),
    headers: { 'content-type': 'application/json', 'x-amzn-requestid': requestId },
    body: output === undefined ? '' : writeJson(output),
  }),
  refuse: ({ code, message, status, fields }, { requestId }) => ({
    status,
    headers: { 'content-type': 'application/json', 'x-amzn-requestid': requestId, 'x-amzn-errortype': code },
    body: writeJson({ Type: status < 500 ? 'User' : 'Service', message, ...fields }),
  }),
  unknown: ({ method, url }) =>
    new AwsError('UnknownOperationException', `Unknown operation ${method} ${url}`, { status: 404 }),
}
