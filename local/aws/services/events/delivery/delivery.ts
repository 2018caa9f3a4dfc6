import type { EventEnvelope } from '../event-envelope.ts'
import type { Target } from '../targets.ts'

/** One event on its way to one target. */
export interface Delivery {
  readonly id: string
  readonly rule: { readonly Name: string; readonly Arn: string }
  readonly target: Target
  readonly event: EventEnvelope
  /** Tries that failed. */
  readonly failures: number
  /** Milliseconds since 1970. */
  readonly accepted: number
  readonly due: number
}
