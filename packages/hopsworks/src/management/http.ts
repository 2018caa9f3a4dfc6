import { Agent } from 'node:https'
import type { AgentOptions } from 'node:https'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import axios from 'axios'
import type { AxiosInstance, AxiosRequestConfig, AxiosResponse } from 'axios'
import * as z from 'zod'
import { HopsworksUnreachable } from '../errors.ts'
import { withRetries } from '../retry.ts'
import type { RetryPolicy } from '../retry.ts'
import { ifFound } from './if-found.ts'
import { isSuccess, parseReply } from './reply.ts'

export interface HttpSettings {
  /** Of the server, with the path that all others lie below. */
  readonly url: string
  /** The header's value. */
  readonly authorization: string
  readonly tls: Pick<AgentOptions, 'ca' | 'checkServerIdentity'>
  readonly timeoutMs: number
  readonly retry: RetryPolicy
}

export interface Call {
  readonly query?: Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>
  /** Goes as JSON. */
  readonly body?: unknown
  /** Goes as it is, as text/plain. */
  readonly text?: string
  /** That a POST only asks, and may be sent again. */
  readonly repeatable?: boolean
  readonly signal?: AbortSignal | undefined
}

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

const maxReplyBytes = 64 * 1024 * 1024

/** HTTP to the management API: retries, error mapping and parsed replies. Resources never see axios. */
export class Http {
  readonly #client: AxiosInstance
  readonly #settings: HttpSettings

  constructor(settings: HttpSettings) {
    this.#settings = settings
    this.#client = axios.create({
      baseURL: settings.url.replace(/\/+$/, ''),
      headers: { Authorization: settings.authorization, Accept: 'application/json' },
      httpsAgent: new Agent({ keepAlive: true, ...settings.tls }),
      maxRedirects: 0, // a redirect would carry the key elsewhere
      proxy: false,
      timeout: settings.timeoutMs,
      maxContentLength: maxReplyBytes,
      responseType: 'text',
      transformRequest: (body: unknown) => body,
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

  /** Deletes what the path names, and says whether it was there. */
  async delete(path: string, call: Call = {}): Promise<boolean> {
    return (await ifFound(this.#send('DELETE', path, anything, call))) !== undefined
  }

  /** The bytes of a file, as they arrive; retried only until the first of them. */
  async *download(path: string, call: Call = {}): AsyncGenerator<Uint8Array, void> {
    const open = async () => {
      const reply = await this.#once<Readable>('GET', path, call, { responseType: 'stream', maxContentLength: -1 })
      if (isSuccess(reply.status)) return reply.data
      return parseReply({ ...reply, data: await text(reply.data) }, 'GET', path, z.never())
    }
    const body = await withRetries(this.#settings.retry, open, { signal: call.signal })
    try {
      yield* body
    } catch (error) {
      call.signal?.throwIfAborted()
      throw this.#noReply('GET', path, error)
    }
  }

  #send<T extends z.ZodType>(method: Method, path: string, reply: T, call: Call): Promise<z.output<T>> {
    const once = async () => parseReply(await this.#once<string>(method, path, call), method, path, reply)
    return withRetries(this.#settings.retry, once, {
      idempotent: method !== 'POST' || call.repeatable === true,
      signal: call.signal,
    })
  }

  async #once<T>(
    method: Method,
    path: string,
    { query, body, text: plain, signal }: Call,
    more: AxiosRequestConfig = {},
  ): Promise<AxiosResponse<T>> {
    signal?.throwIfAborted()
    const json = body === undefined ? undefined : JSON.stringify(body)
    const headers = { 'Content-Type': plain === undefined ? 'application/json' : 'text/plain' }
    try {
      return await this.#client.request<T>({
        method,
        url: path,
        params: query,
        ...((plain ?? json) === undefined ? {} : { data: plain ?? json, headers }),
        ...(signal ? { signal } : {}),
        ...more,
      })
    } catch (error) {
      signal?.throwIfAborted()
      throw this.#noReply(method, path, error)
    }
  }

  /** Of picked fields only: an AxiosError holds the API key in its config. */
  #noReply(method: Method, path: string, error: unknown): HopsworksUnreachable {
    const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null
    const why = code === 'ECONNABORTED' ? `no reply within ${this.#settings.timeoutMs} ms` : (code ?? 'request failed')
    return new HopsworksUnreachable(`${method} ${path} at ${this.#settings.url}: ${why}`, { code, method, path })
  }
}

const anything = z.unknown().transform((body) => body ?? null)
