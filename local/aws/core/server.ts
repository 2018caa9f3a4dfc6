import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { AwsError } from './errors.ts'
import { Disconnect } from './faults.ts'
import { FileBody } from './file-body.ts'
import { takeHttp2 } from './http2.ts'
import { identify, isQuery } from './identify.ts'
import type { Catalogue, Identified } from './identify.ts'
import { RawReply } from './operation.ts'
import type { Call, Operation } from './operation.ts'
import { parseInput } from './parse-input.ts'
import type { Platform } from './platform.ts'
import type { Exchange, Wire } from './protocols/protocol.ts'
import { readBody } from './read-body.ts'
import { textToTyped } from './schema-members.ts'
import { verifiedPayload } from './signing/verified-payload.ts'
import { verifySignature } from './signing/verify-signature.ts'

/** What the server needs to know about the platform behind it. */
export interface Backend {
  readonly platform: Platform
  readonly catalogue: Catalogue
  /** Policy, faults, operation. */
  readonly perform: (operation: Operation, input: unknown, call: Call) => Promise<unknown>
  /** Requests that are no AWS API calls. */
  readonly mounted: (request: IncomingMessage, response: ServerResponse) => Promise<boolean>
}

const empty = Buffer.alloc(0)
const streams = ({ operation, protocol }: Identified) =>
  operation?.route?.stream === true && protocol.invalid === 'InvalidArgument'

const failure = (error: unknown, { service, name, requestId }: Exchange, platform: Platform): AwsError => {
  if (error instanceof AwsError) return error
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error)
  platform.log(service, `${name} broke`, { level: 'error', requestId, error: message })
  return new AwsError('InternalFailure', 'The platform failed; its log has the cause.', { status: 500 })
}

const send = async (response: ServerResponse, { status, headers, body }: Wire, method: string) => {
  if (body instanceof Readable) {
    response.writeHead(status, headers)
    if (method === 'HEAD') {
      body.destroy()
      response.end()
    } else if (body instanceof FileBody) await body.sendTo(response)
    else await pipeline(body, response)
    return
  }
  const length = headers['content-length'] ?? String(Buffer.byteLength(body))
  response.writeHead(status, status === 204 || status === 304 ? headers : { ...headers, 'content-length': length })
  response.end(method === 'HEAD' ? undefined : body)
}

const serve = async (request: IncomingMessage, response: ServerResponse, backend: Backend) => {
  const { platform, catalogue, perform } = backend
  const requestId = randomUUID()
  const { method = 'GET', url = '/', headers } = request
  const gone = new AbortController()
  response.on('close', () => {
    if (!response.writableFinished) gone.abort()
  })
  const signed = { method, url, headers }
  const early = isQuery(signed) ? await readBody(request) : undefined
  const identified = identify(signed, early ?? empty, catalogue)
  const { service, name, protocol, operation, labels } = identified
  const exchange: Exchange = { requestId, service, name, method, url }

  const answer = async (): Promise<Wire> => {
    const streaming = streams(identified)
    const body = early ?? (streaming || service === 's3' ? empty : await readBody(request))
    const verified = verifySignature(signed, { service, platform, body })
    if (!operation) {
      platform.log(service, `unknown operation ${name}`, { level: 'error', requestId, url })
      throw protocol.unknown(exchange)
    }
    const payload = service === 's3' ? verifiedPayload(request, verified, operation) : undefined
    const content = payload && !streaming ? await readBody(payload) : body
    const members = protocol.input({ url, headers, body: content, labels }, operation)
    const typed =
      protocol.invalid === 'ValidationException' && !operation.route ? members : textToTyped(members, operation.input)
    const input = parseInput(operation.input, typed, protocol.invalid)
    const output = await perform(operation, input, {
      platform,
      principal: verified.principal,
      requestId,
      signal: gone.signal,
      ...(streaming ? payload && { body: payload } : operation.route?.stream && { payload: content }),
    })
    return output instanceof RawReply
      ? { status: output.status, headers: { 'x-amzn-requestid': requestId, ...output.headers }, body: output.body }
      : protocol.reply(output, exchange, operation)
  }

  try {
    await send(response, await answer(), method)
  } catch (error) {
    if (error instanceof Disconnect || gone.signal.aborted || response.headersSent) {
      response.destroy()
      return
    }
    const refused = failure(error, exchange, platform)
    platform.log(service, `${name} refused`, { level: 'warn', requestId, code: refused.code, message: refused.message })
    await send(response, protocol.refuse(refused, exchange), method)
    request.resume()
  }
}

/** The one HTTP server of all services. `backend` is asked for with each request, since it needs the port first. */
export const createAwsServer = (backend: () => Backend): Server => {
  const server = createServer({ requestTimeout: 0 }, (request, response) => {
    const work = async () => {
      if (!(await backend().mounted(request, response))) await serve(request, response, backend())
    }
    work().catch((error: unknown) => {
      backend().platform.log('server', 'a request broke', { level: 'error', error: String(error) })
      response.destroy()
    })
  })
  server.keepAliveTimeout = 65_000
  takeHttp2(server)
  return server
}
