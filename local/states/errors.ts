/** An error of the machine: what Retry and Catch match on, and what a failed execution shows. */
export class StateError extends Error {
  override readonly name = 'StateError'
  /** As in `ErrorEquals`: `States.Timeout`, `Lambda.TooManyRequestsException`; a Fail state may leave it out. */
  readonly error: string | undefined
  /** Text for people; JSON text for failed functions and jobs. */
  override readonly cause: string | undefined
  /** A heartbeat that did not come is a States.Timeout which also answers to States.HeartbeatTimeout. */
  readonly heartbeat: boolean
  constructor(error: string | undefined, cause?: string, { heartbeat = false }: { heartbeat?: boolean } = {}) {
    super([error, cause].filter(Boolean).join(': '))
    this.error = error
    this.cause = cause
    this.heartbeat = heartbeat
  }
}

/**
 * Why a task's signal is aborted by the machine: its time is up, a sibling failed, or the execution is stopped.
 * A task that started a job stops it then. A signal aborted with anything else leaves the job alone.
 */
export class Interruption extends Error {
  override readonly name = 'Interruption'
  readonly kind: 'state-timed-out' | 'execution-timed-out' | 'sibling-failed' | 'stopped'
  readonly error: string | undefined
  override readonly cause: string | undefined
  constructor(kind: Interruption['kind'], { error, cause }: { error?: string; cause?: string } = {}) {
    super(kind)
    this.kind = kind
    this.error = error
    this.cause = cause
  }
}
