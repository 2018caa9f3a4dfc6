import { gunzipSync } from 'node:zlib'
import { AwsError } from '../errors.ts'
import { readJson, writeJson } from './json-text.ts'
import type { Protocol } from './protocol.ts'

const mostBytes = 16 * 1024 ** 2

const unzipped = (body: Buffer) => {
  try {
    return gunzipSync(body, { maxOutputLength: mostBytes })
  } catch {
    throw new AwsError('SerializationException', 'The body is not gzip, or too large.')
  }
}

/** `POST /` with X-Amz-Target; errors carry `__type`. */
export const jsonProtocol = (version: '1.0' | '1.1'): Protocol => {
  const wire = (status: number, requestId: string, value: unknown, headers: Record<string, string> = {}) => ({
    status,
    headers: { 'content-type': `application/x-amz-json-${version}`, 'x-amzn-requestid': requestId, ...headers },
    body: value === undefined ? '' : writeJson(value),
  })
  return {
    invalid: 'ValidationException',
    input: ({ body, headers }) => readJson(headers['content-encoding'] === 'gzip' ? unzipped(body) : body),
    reply: (output, { requestId }) => wire(200, requestId, output ?? {}),
    refuse: ({ code, message, status, fields }, { requestId }) => {
      const { QueryErrorCode, ...members } = fields
      const compatible = typeof QueryErrorCode === 'string' ? { 'x-amzn-query-error': `${QueryErrorCode};Sender` } : {}
      return wire(status, requestId, { __type: code, message, ...members }, compatible)
    },
    unknown: ({ name }) => new AwsError('UnknownOperationException', `Unknown operation ${name}`),
  }
}
