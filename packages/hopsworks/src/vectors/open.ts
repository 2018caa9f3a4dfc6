import { stringify } from 'lossless-json'
import request from 'undici/lib/api/api-request.js'
import Pool from 'undici/lib/dispatcher/pool.js'
import { HopsworksError, HopsworksUnexpectedReply, HopsworksUnreachable, refusal } from '../errors.ts'
import { parseExact, vectorOf, vectorsOf } from './reply.ts'
import type { Vector } from './reply.ts'
import type { Value } from './value.ts'

export interface VectorSettings {
  readonly host: string
  readonly port: number
  /** PEM of the authority that signed the server's certificate; the system's authorities when absent. */
  readonly ca?: string | null | undefined
  readonly apiKey: string
  /** Name of the project whose feature store holds the views. */
  readonly project: string
  /** Deadline of one read, with connecting and one retry; 2,000 by default. */
  readonly timeoutMs?: number | undefined
  /** Sockets at most; 16 by default. */
  readonly connections?: number | undefined
}

/** Serving keys of one vector, by name. */
export type Entry = Readonly<Record<string, Value>>

export interface Vectors {
  /** The vector of one entry. An entry that the store does not know gives nulls and status MISSING, no error. */
  read(view: string, version: number, entry: Entry, signal?: AbortSignal): Promise<Vector>
  /** The vectors of many entries, in their order, by one request. */
  readBatch(view: string, version: number, entries: readonly Entry[], signal?: AbortSignal): Promise<Vector[]>
  /** Resolves when the server answers and accepts the key. */
  ping(signal?: AbortSignal): Promise<void>
  close(): Promise<void>
}

const maxReplyBytes = 16 * 1024 * 1024

/** The RonDB REST feature server. Opening makes no call; every method may throw an error of the HopsworksError family. */
export function openVectors(settings: VectorSettings): Vectors {
  const { host, port, ca, apiKey, project, timeoutMs = 2_000, connections = 16 } = settings
  const pool = new Pool(`https://${host.includes(':') ? `[${host}]` : host}:${port}`, {
    connections,
    allowH2: false,
    connect: { timeout: timeoutMs, ...(ca ? { ca } : {}) },
    maxResponseSize: maxReplyBytes,
  })
  const headers = { 'x-api-key': apiKey.trim(), 'content-type': 'application/json' }

  async function call(
    method: 'GET' | 'POST',
    path: string,
    body: string | null,
    signal?: AbortSignal,
  ): Promise<string> {
    const deadline = AbortSignal.timeout(timeoutMs)
    const stop = signal ? AbortSignal.any([signal, deadline]) : deadline
    for (let attempt = 1; ; attempt += 1) {
      try {
        const reply = await request.call(pool, { method, path, headers, body, signal: stop })
        const text = await reply.body.text()
        if (reply.statusCode === 200) return text
        throw refused(reply.statusCode, text, method, path)
      } catch (error) {
        if (error instanceof HopsworksError) throw error
        signal?.throwIfAborted()
        const code = deadline.aborted ? 'ETIMEDOUT' : codeOf(error)
        // The server closed an idle connection while we were writing to it. Reads may be repeated.
        if (attempt === 1 && deadSocket.has(code)) continue
        const why = code === 'ETIMEDOUT' ? `no reply within ${timeoutMs} ms` : code
        throw new HopsworksUnreachable(`${method} ${path} at ${host}:${port}: ${why}`, { code, method, path })
      }
    }
  }

  const bodyOf = (featureViewName: string, featureViewVersion: number, entries: unknown) =>
    stringify({
      featureStoreName: project,
      featureViewName,
      featureViewVersion,
      entries,
      metadataOptions: { featureName: true, featureType: true },
      options: { validatePassedFeatures: false, includeDetailedStatus: true },
    }) ?? ''

  return {
    async read(view, version, entry, signal) {
      const path = '/0.1.0/feature_store'
      return vectorOf(json(await call('POST', path, bodyOf(view, version, entry), signal), path), path)
    },
    async readBatch(view, version, entries, signal) {
      if (entries.length === 0) return []
      const path = '/0.1.0/batch_feature_store'
      const reply = json(await call('POST', path, bodyOf(view, version, entries), signal), path)
      return vectorsOf(reply, entries.length, path)
    },
    async ping(signal) {
      await call('GET', '/0.1.0/ping', null, signal)
    },
    close: () => pool.close(),
  }
}

const deadSocket = new Set(['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE'])

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'request failed'

function json(text: string, path: string): unknown {
  try {
    return parseExact(text)
  } catch {
    throw new HopsworksUnexpectedReply(`POST ${path}: the reply is no JSON`, { status: 200, method: 'POST', path })
  }
}

/** Refusals are JSON with a code, but plain text where the key is refused. */
function refused(status: number, text: string, method: string, path: string): HopsworksError {
  try {
    const { code, reason, message }: Record<string, unknown> = JSON.parse(text)
    const userMessage = [reason, message].filter((part) => typeof part === 'string' && part !== '').join(' ')
    return refusal(`${method} ${path}`, {
      status,
      code: typeof code === 'number' ? code : null,
      userMessage,
      method,
      path,
    })
  } catch {
    return refusal(`${method} ${path}`, { status, userMessage: text.slice(0, 200), method, path })
  }
}
