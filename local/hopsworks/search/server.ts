import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Server } from 'node:https'
import { createServer } from 'node:https'
import { text } from 'node:stream/consumers'
import * as z from 'zod'
import { log } from '../log.ts'
import type { OnlineFailure, OnlineIngestions } from '../metadata/online-ingestions.ts'
import { project } from '../project.ts'
import type { Certificates } from '../tls/authority.ts'

const path = `/onlinefs_${project.id}-*/_search`
const mostBytes = 64 * 1_024

const request = z.object({
  from: z.int().min(0).default(0),
  size: z.int().min(0).max(10_000).default(10),
  query: z.object({
    bool: z.object({ must: z.array(z.object({ match: z.record(z.string(), z.string()).optional() })) }),
  }),
})

interface Reply {
  readonly status: number
  readonly body: object
}

const refused = (status: number, type: string, reason: string): Reply => ({
  status,
  body: { error: { root_cause: [{ type, reason }], type, reason }, status },
})

/** A line of the log of onlinefs, every argument a text. */
const hit = ({ ingestion, featureGroup, type, reason, topic, partition, offset }: OnlineFailure) => ({
  _index: `onlinefs_${project.id}-1`,
  _id: `${topic}-${partition}-${offset}`,
  _source: {
    priority: 'error',
    error: { data: reason },
    log_arguments: {
      feature_group_id: String(featureGroup),
      online_ingestion_id: String(ingestion),
      failure_type: type,
      failure_reason: reason,
      topic,
      partition: String(partition),
      offset: String(offset),
    },
  },
})

const unreadable = (error: unknown) => refused(400, 'parsing_exception', String(error))

/** OpenSearch over TLS, as far as clients ask it which rows of a write the online store could not take. */
export const searchServer = (options: {
  certificates: Certificates
  /** What `elastic/jwt` gives. */
  token: string
  ingestions: OnlineIngestions
}): Server => {
  const { certificates, token, ingestions } = options

  const search = (asked: z.infer<typeof request>): Reply => {
    const matches = Object.assign({}, ...asked.query.bool.must.map(({ match }) => match))
    const number = (name: string) => Number(matches[`log_arguments.${name}`] ?? -1)
    const found = ingestions.failures(number('feature_group_id'), number('online_ingestion_id'), asked.from, asked.size)
    const total = { value: found.total, relation: 'eq' }
    return { status: 200, body: { took: 0, timed_out: false, hits: { total, hits: found.failures.map(hit) } } }
  }

  const answer = async (message: IncomingMessage): Promise<Reply> => {
    if (message.headers.authorization !== token) return refused(401, 'security_exception', 'no valid token')
    const { pathname } = new URL(message.url ?? '', 'https://127.0.0.1')
    if (decodeURIComponent(pathname) !== path) {
      log('warn', 'gap', { protocol: 'search', method: message.method, path: pathname })
      return refused(404, 'index_not_found_exception', 'the local Hopsworks does not know this request')
    }
    if (!(Number(message.headers['content-length']) <= mostBytes))
      return refused(413, 'illegal_argument_exception', `the body must have a length, of ${mostBytes} bytes at most`)
    const asked = request.safeParse(JSON.parse(await text(message)))
    return asked.success ? search(asked.data) : refused(400, 'parsing_exception', z.prettifyError(asked.error))
  }

  const serve = async (message: IncomingMessage, response: ServerResponse) => {
    const { status, body } = await answer(message).catch(unreadable)
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  }
  const { certificate: cert, key } = certificates.server
  return createServer({ cert, key }, (message, response) => void serve(message, response))
}
