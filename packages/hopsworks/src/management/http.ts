import { Agent } from 'node:https'
import axios from 'axios'
import type { AxiosInstance, AxiosResponse } from 'axios'
import * as z from 'zod'
import { HopsworksNotFound, HopsworksUnexpectedReply, HopsworksUnreachable, refusal } from '../errors.ts'
import { withRetries } from '../retry.ts'
import type { RetryPolicy } from '../retry.ts'

export interface HttpSettings {
  readonly url: string
  readonly apiKey: string
  readonly ca: string | undefined
  readonly timeoutMs: number
  readonly retry: RetryPolicy
}

export interface Call {
  readonly query?: Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>
  /** JSON unless it is a string, which goes as text/plain. */
  readonly body?: unknown
  readonly signal?: AbortSignal | undefined
}

type Method = 'GET' | 'POST' | 'PUT'

const maxReplyBytes = 64 * 1024 * 1024

/** HTTP to the management API: retries, error mapping and parsed replies. Resources never see axios. */
export class Http {
  readonly #client: AxiosInstance
  readonly #settings: HttpSettings

  constructor(settings: HttpSettings) {
    this.#settings = settings
    this.#client = axios.create({
      baseURL: `${settings.url.replace(/\/+$/, '')}/hopsworks-api/api`,
      headers: { Authorization: `ApiKey ${settings.apiKey.trim()}`, Accept: 'application/json' },
      httpsAgent: new Agent({ keepAlive: true, ...(settings.ca === undefined ? {} : { ca: settings.ca }) }),
      maxRedirects: 0, // a redirect would carry the key elsewhere
      proxy: false,
      timeout: settings.timeoutMs,
      maxContentLength: maxReplyBytes,
      responseType: 'text',
      transformResponse: (body: unknown) => body,
      paramsSerializer: { indexes: null }, // expand=a&expand=b
      validateStatus: () => true,
    })
  }

  get<T extends z.ZodType>(path: string, reply: T, call: Call = {}): Promise<z.output<T>> {
    return this.#send('GET', path, reply, call)
  }

  post<T extends z.ZodType>(path: string, reply: T, call: Call = {}): Promise<z.output<T>> {
    return this.#send('POST', path, reply, call)
  }

  put<T extends z.ZodType>(path: string, reply: T, call: Call = {}): Promise<z.output<T>> {
    return this.#send('PUT', path, reply, call)
  }

  #send<T extends z.ZodType>(method: Method, path: string, reply: T, call: Call): Promise<z.output<T>> {
    const once = async () => parseReply(await this.#once(method, path, call), method, path, reply)
    return withRetries(this.#settings.retry, once, { idempotent: method !== 'POST', signal: call.signal })
  }

  async #once(method: Method, path: string, { query, body, signal }: Call): Promise<AxiosResponse<string>> {
    signal?.throwIfAborted()
    const type = typeof body === 'string' ? 'text/plain' : 'application/json'
    try {
      return await this.#client.request<string>({
        method,
        url: path,
        params: query,
        ...(body === undefined ? {} : { data: body, headers: { 'Content-Type': type } }),
        ...(signal ? { signal } : {}),
      })
    } catch (error) {
      signal?.throwIfAborted()
      // Picked fields only: the AxiosError holds the API key in its config.
      const code = axios.isAxiosError(error) ? (error.code ?? null) : null
      const why =
        code === 'ECONNABORTED' ? `no reply within ${this.#settings.timeoutMs} ms` : (code ?? 'request failed')
      throw new HopsworksUnreachable(`${method} ${path} at ${this.#settings.url}: ${why}`, { code, method, path })
    }
  }
}

const errorEnvelope = z.object({
  errorCode: z.number().optional(),
  errorMsg: z.string().optional(),
  usrMsg: z.string().nullish(),
})

function parseReply<T extends z.ZodType>(
  { status, data, headers }: AxiosResponse<string>,
  method: Method,
  path: string,
  reply: T,
): z.output<T> {
  const json = parseJson(data)
  if (status < 200 || status > 299) {
    const envelope = errorEnvelope.safeParse(json).data
    const userMessage = [envelope?.errorMsg, envelope?.usrMsg].filter(Boolean).join(' ') || null
    const seconds = Number(headers['retry-after'])
    const wait = Number.isFinite(seconds) ? { retryAfterMs: seconds * 1000 } : {}
    throw refusal(`${method} ${path}`, {
      status,
      code: envelope?.errorCode ?? null,
      userMessage,
      method,
      path,
      ...wait,
    })
  }
  const parsed = reply.safeParse(json)
  if (parsed.success) return parsed.data
  const where = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`).join('; ')
  throw new HopsworksUnexpectedReply(`${method} ${path}: unexpected reply, ${where}`, { status, method, path })
}

function parseJson(text: string): unknown {
  if (text === '') return null
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The reply, or undefined when Hopsworks says that there is no such entity. */
export async function ifFound<T>(reply: Promise<T>): Promise<T | undefined> {
  try {
    return await reply
  } catch (error) {
    if (error instanceof HopsworksNotFound) return undefined
    throw error
  }
}
