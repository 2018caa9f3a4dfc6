import { HoplineError } from './errors.ts'
import type { FieldProblem } from './field-problems.ts'

/** What a problem document says (RFC 9457). */
export interface ProblemDetails {
  /** Names the kind of problem within `urn:hopline:problem:`, in kebab case. */
  kind: string
  title: string
  status: number
  /** What went wrong this time, for the caller to read. */
  detail?: string
  errors?: readonly FieldProblem[]
  /** Sent as Retry-After. */
  retryAfterSeconds?: number
}

/** Thrown by an HTTP function to answer with a problem document. */
export class Problem extends HoplineError {
  override readonly name = 'Problem'
  readonly details: ProblemDetails

  constructor(details: ProblemDetails) {
    super(details.detail ?? details.title)
    this.details = details
  }
}

/** The HTTP answer that carries a problem document. */
export const problemAnswer = ({ kind, title, status, detail, errors, retryAfterSeconds }: ProblemDetails) => ({
  statusCode: status,
  headers: {
    'content-type': 'application/problem+json',
    ...(retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }),
  },
  body: JSON.stringify({ type: `urn:hopline:problem:${kind}`, title, status, detail, errors }),
})
