import type { Json, TaskCall } from '@hopline/local-states'
import type { Principal } from '../../../core/operation.ts'
import type { Platform } from '../../../core/platform.ts'

/** One attempt of a Task, as an integration sees it. */
export interface Attempt {
  readonly platform: Platform
  /** The machine's role: every call is made with it. */
  readonly principal: Principal
  readonly executionArn: string
  readonly machineArn: string
  readonly given: Json
  readonly call: TaskCall
}

/** Does a Task's work. Rejects with the StateError that Retry and Catch see. */
export type Integration = (attempt: Attempt) => Promise<Json>
