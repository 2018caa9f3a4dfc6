/** What every error of the client says. Built from picked fields: no header, body or `cause` of the HTTP library survives. */
export interface HopsworksErrorFields {
  /** HTTP status, or null when no reply arrived. */
  readonly status?: number | null
  /** Hopsworks' `errorCode`, the vector server's `code`, or the socket's code such as `ECONNREFUSED`. */
  readonly code?: number | string | null
  /** What Hopsworks says to the user (`usrMsg`). */
  readonly userMessage?: string | null
  readonly method?: string
  /** Path without host and query. */
  readonly path?: string
  /** How long the server asked to be left alone. */
  readonly retryAfterMs?: number
}

/** The family: whoever catches this catches everything that Hopsworks, its Kafka and its vector server can do to us. */
export class HopsworksError extends Error {
  override readonly name: string = 'HopsworksError'
  readonly status: number | null
  readonly code: number | string | null
  readonly userMessage: string | null
  readonly method: string
  readonly path: string
  readonly retryAfterMs: number | undefined
  /** Whether the same request may succeed later. */
  readonly retryable: boolean = false
  constructor(message: string, fields: HopsworksErrorFields = {}) {
    super(message)
    this.status = fields.status ?? null
    this.code = fields.code ?? null
    this.userMessage = fields.userMessage ?? null
    this.method = fields.method ?? ''
    this.path = fields.path ?? ''
    this.retryAfterMs = fields.retryAfterMs
  }
}

/** No reply: connection refused, reset, name not found, deadline passed, certificate not trusted. */
export class HopsworksUnreachable extends HopsworksError {
  override readonly name = 'HopsworksUnreachable'
  override readonly retryable = true
}

/** 408, 429 and 5xx: the server is there and cannot serve now. */
export class HopsworksUnavailable extends HopsworksError {
  override readonly name = 'HopsworksUnavailable'
  override readonly retryable = true
}

/** 401 and 403: the API key is wrong, or lacks a scope. */
export class HopsworksUnauthorised extends HopsworksError {
  override readonly name = 'HopsworksUnauthorised'
}

/** 404, or one of the codes by which Hopsworks says that an entity does not exist. */
export class HopsworksNotFound extends HopsworksError {
  override readonly name = 'HopsworksNotFound'
}

/** Any other refusal: the request is wrong and stays wrong. */
export class HopsworksRejected extends HopsworksError {
  override readonly name = 'HopsworksRejected'
}

/** A reply with a success status that is not what the protocol says. */
export class HopsworksUnexpectedReply extends HopsworksError {
  override readonly name = 'HopsworksUnexpectedReply'
}

/** What is stored differs from what we defined, e.g. a group of another format. Nothing was written. */
export class HopsworksMismatch extends HopsworksError {
  override readonly name = 'HopsworksMismatch'
}

/** Kafka refused a batch, or its answer never came; `code` is Kafka's error code. */
export class HopsworksKafkaError extends HopsworksError {
  override readonly name = 'HopsworksKafkaError'
  override readonly retryable: boolean
  constructor(message: string, fields: { code: number | string | null; retryable: boolean }) {
    super(message, { code: fields.code })
    this.retryable = fields.retryable
  }
}

/** A row that the group's Avro schema cannot hold; names the column. The row's values stay out of the message. */
export class HopsworksBadRow extends HopsworksError {
  override readonly name = 'HopsworksBadRow'
}

/** Codes of entities that are not there; some come with status 400 (hopsworks.md 1.3). */
const notFoundCodes = new Set<unknown>([
  100050, 110008, 110011, 110018, 130007, 130009, 150004, 270008, 270009, 270012, 270042, 270181, 270228,
])

/** The one place where a status and an error code become a class. */
export function refusal(what: string, fields: HopsworksErrorFields & { status: number }): HopsworksError {
  const { status, code } = fields
  const message = `${what}: ${status}${code == null ? '' : `, code ${code}`}${fields.userMessage ? `, ${fields.userMessage}` : ''}`
  if (status === 408 || status === 429 || status >= 500) return new HopsworksUnavailable(message, fields)
  if (status === 401 || status === 403) return new HopsworksUnauthorised(message, fields)
  if (status === 404 || (status === 400 && notFoundCodes.has(code))) return new HopsworksNotFound(message, fields)
  return new HopsworksRejected(message, fields)
}
