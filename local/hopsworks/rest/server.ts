import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Server } from 'node:https'
import { createServer } from 'node:https'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Keys } from '../keys.ts'
import { log } from '../log.ts'
import { foreignProject, project } from '../project.ts'
import type { Certificates } from '../tls/authority.ts'
import { readBody } from './read-body.ts'
import { failures, RestError } from '../rest-error.ts'
import type { Route } from './route.ts'
import { Call, matcher } from './route.ts'

const root = '/hopsworks-api/api'

const authorise = (keys: Keys, header: string | undefined) => {
  const key = /^ApiKey\s+(\S+)\s*$/i.exec(header ?? '')?.[1]
  if (key === undefined) throw new RestError(failures.keyInvalid, 'the header Authorization must be "ApiKey <key>"')
  if (!/^[^.]{16}\..+$/.test(key)) throw new RestError(failures.keyInvalid)
  const found = keys.find(key)
  if (!found) throw new RestError(failures.keyNotFound)
  return found
}

const decoded = (path: string): string[] => {
  try {
    return path.split('/').filter(Boolean).map(decodeURIComponent)
  } catch {
    throw new RestError(failures.illegalArgument, 'the path is not encoded as a URL')
  }
}

const checkPlace = (call: Call): void => {
  const { project: id, store } = call.params
  if (id === String(foreignProject.id)) throw new RestError(failures.noRole, `project ${id}`)
  if (id !== undefined && id !== String(project.id)) throw new RestError(failures.projectNotFound, `project ${id}`)
  if (store !== undefined && store !== String(project.featureStoreId))
    throw new RestError(failures.featureStoreNotFound, `feature store ${store}`)
}

const envelope = (error: unknown) => {
  const known = error instanceof RestError ? error : new RestError(failures.unknown)
  const body = {
    errorCode: known.code,
    errorMsg: known.message,
    ...(known.detail === undefined ? {} : { usrMsg: known.detail }),
    type: 'restApiJsonResponse',
  }
  return { status: known.status, body }
}

const sendFile = async (response: ServerResponse, status: number, file: Readable): Promise<void> => {
  response.writeHead(status, { 'content-type': 'application/octet-stream' })
  await pipeline(file, response).catch(() => undefined) // who asked has gone, or sees that the file ends too early
}

const sendText = (response: ServerResponse, status: number, body: unknown): void => {
  const text = body === undefined ? '' : JSON.stringify(body)
  response
    .writeHead(status, {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      'content-length': Buffer.byteLength(text),
    })
    .end(text)
}

/** The management API over TLS. */
export const restServer = (options: { certificates: Certificates; keys: Keys; routes: readonly Route[] }): Server => {
  const { certificates, keys, routes } = options
  const find = matcher(routes)

  const answer = async (request: IncomingMessage) => {
    const key = authorise(keys, request.headers.authorization)
    const url = URL.parse(request.url ?? '', 'https://127.0.0.1')
    if (!url) throw new RestError(failures.illegalArgument, 'the request names no URL')
    const match = url.pathname.startsWith(`${root}/`)
      ? find(request.method ?? '', decoded(url.pathname.slice(root.length)))
      : undefined
    if (!match) {
      log('warn', 'gap', { protocol: 'rest', method: request.method, path: url.pathname })
      throw new RestError(failures.notHere, `${request.method} ${url.pathname}`)
    }
    const { route, params } = match
    if (!key.scopes.has(route.scope)) throw new RestError(failures.keyLacksScope, `scope ${route.scope}`)
    const text = (await readBody(request)).toString('utf8')
    const call = new Call({ params, query: url.searchParams, text, key })
    checkPlace(call)
    return { status: route.status ?? 200, body: await route.handle(call) }
  }

  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const started = performance.now()
    const path = request.url?.replace(/\?.*/, '')
    let reply: { status: number; body: unknown }
    try {
      reply = await answer(request)
    } catch (error) {
      if (!(error instanceof RestError))
        log('error', 'rest.failed', { path, reason: error instanceof Error ? error.stack : String(error) })
      reply = envelope(error)
    }
    const { status, body } = reply
    if (body instanceof Readable) await sendFile(response, status, body)
    else sendText(response, status, body)
    const ms = Math.round((performance.now() - started) * 10) / 10
    log('info', 'rest', { method: request.method, path, status, ms })
  }

  const { certificate: cert, key } = certificates.server
  return createServer({ cert, key, keepAliveTimeout: 60_000 }, (request, response) => void serve(request, response))
}
