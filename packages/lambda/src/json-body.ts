import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import { Problem } from './problem.ts'

const textOf = ({ body = '', isBase64Encoded }: Pick<APIGatewayProxyEventV2, 'body' | 'isBase64Encoded'>) => {
  if (!isBase64Encoded) return body
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(body, 'base64'))
  } catch {
    throw new Problem({
      kind: 'not-json',
      title: 'The body is not JSON',
      status: 400,
      detail: 'The body is not UTF-8.',
    })
  }
}

const bytesOf = ({ body = '', isBase64Encoded }: Pick<APIGatewayProxyEventV2, 'body' | 'isBase64Encoded'>) =>
  Buffer.byteLength(body, isBase64Encoded ? 'base64' : 'utf8')

/** The JSON that a request carries. Throws a {@link Problem}: 415 for another content type, 413 above `maxBytes`, 400 for anything that is not JSON. */
export const jsonBody = (event: APIGatewayProxyEventV2, maxBytes: number): unknown => {
  const [contentType = ''] = (event.headers['content-type'] ?? '').split(';')
  if (contentType.trim().toLowerCase() !== 'application/json') {
    const detail = 'Send application/json.'
    throw new Problem({
      kind: 'unsupported-content-type',
      title: 'The content type is not supported',
      status: 415,
      detail,
    })
  }
  if (bytesOf(event) > maxBytes) {
    const detail = `A body may have ${maxBytes} bytes.`
    throw new Problem({ kind: 'too-large', title: 'The body is too large', status: 413, detail })
  }
  try {
    return JSON.parse(textOf(event))
  } catch (error) {
    if (error instanceof Problem) throw error
    throw new Problem({ kind: 'not-json', title: 'The body is not JSON', status: 400 })
  }
}
