import type { Readable } from 'node:stream'
import type * as z from 'zod'
import type { Platform } from './platform.ts'

/** Who calls: an account's root, a role's session, or a service acting by itself. */
export interface Principal {
  readonly arn: string
  readonly kind: 'root' | 'role' | 'user' | 'service' | 'anonymous'
  /** The role behind a session, for the policy check: `arn:aws:iam::…:role/…`. */
  readonly roleArn?: string
  /** The resource for which a service acts: a rule, an API's route. */
  readonly sourceArn?: string
}

/** One IAM action on one resource; a call may need several (PassRole beside CreateTrainingJob). */
export interface Permission {
  readonly action: string
  readonly resource: string
  /** Condition keys of this request beside those of every request: `{ 's3:prefix': 'log/' }`. */
  readonly context?: Readonly<Record<string, string | readonly string[]>>
}

/** What an operation is given beside its input. */
export interface Call {
  readonly platform: Platform
  readonly principal: Principal
  readonly requestId: string
  /** An S3 object that comes in. */
  readonly body?: Readable
  /** Any other body that is not parsed: an event, an endpoint's request. */
  readonly payload?: Buffer
  /** Aborted when the caller goes away. */
  readonly signal: AbortSignal
}

/** Where an operation of a REST service is found. `{Name}` takes a path segment, `{Key+}` the rest of the path. */
export interface Route {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE' | 'PATCH'
  readonly path: string
  /** Query parameters that must be there: `uploads`, `list-type=2`. The route with the most of them wins. */
  readonly query?: readonly string[]
  /** Headers that must be there, in lower case: `x-amz-copy-source`. */
  readonly headers?: readonly string[]
  /** The body is not parsed: the operation reads `call.body` or `call.payload`. */
  readonly stream?: true
  /** Headers with checksums are not of the body but of the object that the request makes. */
  readonly checksumsOfObject?: true
  /** The member that takes the whole parsed body; without it a JSON body's members join the input's. */
  readonly payload?: string
  /** How the output's members are written; all but the status is for REST-XML only. */
  readonly reply?: {
    readonly status?: number
    /** The root element; without it the reply has no body. */
    readonly root?: string
    /** The member that is the body. */
    readonly payload?: string
    /** The members that are headers. */
    readonly headers?: readonly string[]
  }
}

/** A reply that is not a JSON document: an object's bytes, a prediction. */
export class RawReply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Readable | Uint8Array | string
  constructor(
    status: number,
    headers: Readonly<Record<string, string>> = {},
    body: Readable | Uint8Array | string = '',
  ) {
    this.status = status
    this.headers = headers
    this.body = body
  }
}

/**
 * One operation of one service, in a file of its own.
 * Its input is the API's own shape (PascalCase members as in the service model); for REST services the protocol has
 * already merged path, query and header members into it. Unknown members are refused by the schema (`z.strictObject`).
 * Text from a query, a header or XML is turned into the number, boolean or list that the schema asks for.
 * A `Date` in the output is written as the protocol wants it: seconds in JSON, ISO text in XML.
 */
export interface Operation<I = unknown, O = unknown> {
  /** The name that signs: `s3`, `sts`, `states`, `sagemaker`, `lambda`, `events`, `sqs`, `secretsmanager`, `cloudformation`, `iam`, `logs`, `execute-api`. */
  readonly service: string
  /** As in X-Amz-Target or Action: `CreateTrainingJob`. */
  readonly name: string
  readonly route?: Route
  readonly input: z.ZodType<I>
  /** What the caller's policies must allow. */
  needs(input: I, platform: Platform): readonly Permission[]
  run(input: I, call: Call): Promise<O | RawReply> | O | RawReply
}

/** Types an operation from its schema; `defineOperation({ service: 'sqs', name: 'SendMessage', input: …, needs, run })`. */
export const defineOperation = <I, O>(operation: Operation<I, O>): Operation<I, O> => operation
