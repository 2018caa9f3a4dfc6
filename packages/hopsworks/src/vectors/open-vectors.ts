import { HopsworksError, HopsworksUnreachable, refusal } from '../errors.ts'
import { Deadlines } from './deadlines.ts'
import { exchange } from './exchange.ts'
import { FreshPool } from './fresh-pool.ts'
import { unexpected } from './reply-json.ts'
import type { Vector } from './reply.ts'
import { bodyWriter, entryJson, passedJson } from './request-body.ts'
import type { Entry } from './request-body.ts'
import { ViewReplies } from './view-replies.ts'

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

export interface ReadOptions {
  readonly signal?: AbortSignal | undefined
  /** Deadline of this read, where it is not that of the settings. */
  readonly timeoutMs?: number | undefined
}

export interface OneOptions extends ReadOptions {
  /** Features that win over those of the store, by name; a timestamp as `timestampText` spells it. */
  readonly passed?: Entry | undefined
}

export interface BatchOptions extends ReadOptions {
  /** For each entry; null where nothing is passed. */
  readonly passed?: readonly (Entry | null)[] | undefined
}

export interface Vectors {
  /** The vector of one entry. An entry that the store does not know gives nulls and status MISSING, no error. */
  read(view: string, version: number, entry: Entry, options?: OneOptions): Promise<Vector>
  /** The vectors of many entries, in their order, by one request. */
  readBatch(view: string, version: number, entries: readonly Entry[], options?: BatchOptions): Promise<Vector[]>
  /** Resolves when the server answers and accepts the key. */
  ping(options?: ReadOptions): Promise<void>
  close(): Promise<void>
}

const onePath = '/0.1.0/feature_store'
const batchPath = '/0.1.0/batch_feature_store'
const mostViews = 1_000

/** The RonDB REST feature server. Opening makes no call; every method may throw an error of the HopsworksError family. */
export function openVectors(settings: VectorSettings): Vectors {
  const { host, port, ca = null, apiKey, project, timeoutMs: deadlineMs = 2_000, connections = 16 } = settings
  const origin = `https://${host.includes(':') ? `[${host}]` : host}:${port}`
  const fresh = new FreshPool({ origin, ca, connections, connectTimeoutMs: deadlineMs })
  const headers = { 'x-api-key': apiKey.trim(), 'content-type': 'application/json' }
  const deadlines = new Deadlines()
  const bodyOf = bodyWriter(project)

  async function call(method: 'GET' | 'POST', path: string, body: string | null, options: ReadOptions = {}) {
    const { signal, timeoutMs = deadlineMs } = options
    signal?.throwIfAborted()
    const unreachable = (code: string, why = code) =>
      new HopsworksUnreachable(`${method} ${path} at ${host}:${port}: ${why}`, { code, method, path })
    const tooLate = () => unreachable('ETIMEDOUT', `no reply within ${timeoutMs} ms`)
    const since = performance.now()
    for (let attempt = 1; ; attempt += 1) {
      const pool = fresh.current()
      const waitMs = attempt === 1 ? timeoutMs : timeoutMs - (performance.now() - since)
      try {
        const { status, text } = await exchange(
          pool,
          { method, path, headers, body },
          { deadlines, waitMs, tooLate, signal },
        )
        if (status === 200) return text
        throw refused(status, text, method, path)
      } catch (error) {
        if (error instanceof HopsworksError || signal?.aborted) throw error
        const code = codeOf(error)
        if (!deadSocket.has(code) || attempt > 1) throw unreachable(code)
        fresh.replace(pool) // the server closed an idle connection while we were writing to it; reads may be repeated
      }
    }
  }

  const known = new Map<string, ViewReplies>()
  const repliesOf = (view: string): ViewReplies => {
    const found = known.get(view)
    if (found) return found
    if (known.size === mostViews) known.clear()
    const made = new ViewReplies()
    known.set(view, made)
    return made
  }

  return {
    async read(view, version, entry, options) {
      const passed = options?.passed && passedJson(options.passed)
      const text = await call('POST', onePath, bodyOf(view, version, entryJson(entry), passed), options)
      return repliesOf(view).one(text, onePath)
    },
    async readBatch(view, version, entries, options) {
      if (entries.length === 0) return []
      const passed = options?.passed?.map((one) => (one === null ? 'null' : passedJson(one)))
      const body = bodyOf(view, version, `[${entries.map(entryJson).join()}]`, passed && `[${passed.join()}]`)
      const read = repliesOf(view).batch(await call('POST', batchPath, body, options), batchPath)
      if (read.length === entries.length) return read
      throw unexpected(batchPath, `${read.length} vectors for ${entries.length} entries`)
    },
    async ping(options) {
      await call('GET', '/0.1.0/ping', null, options)
    },
    close: () => fresh.close(),
  }
}

const deadSocket = new Set(['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE'])

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

const codeOf = (error: unknown): string =>
  isObject(error) && 'code' in error && typeof error.code === 'string' ? error.code : 'request failed'

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
