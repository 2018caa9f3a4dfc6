import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Operation } from './operation.ts'
import type { Platform, PlatformEvent } from './platform.ts'
import type { ResourcePolicyOf } from './policy/policy-source.ts'

/** An event as the bus delivers it. */
export interface BusEvent extends PlatformEvent {
  readonly id: string
  /** Milliseconds since 1970. */
  readonly time: number
}

/** One AWS service: what `services/<service>/index.ts` exports. */
export interface Service {
  readonly operations: readonly Operation[]
  /** Start-up work: pollers, jobs to restore. The port is open and every operation can be called. */
  readonly start?: (platform: Platform) => void | Promise<void>
  /** Called with every event that `platform.emit` takes. */
  readonly receive?: (event: BusEvent, platform: Platform) => void
  /** How policies of resources are found, by the service of the actions: `{ s3: … }`. */
  readonly resourcePolicies?: Readonly<Record<string, ResourcePolicyOf>>
  /** Requests that are no operations, such as calls of a deployed HTTP API: everything under a path of its own. */
  readonly mount?: {
    /** First path segment with both slashes: `/_apis/`. */
    readonly prefix: string
    readonly handle: (request: IncomingMessage, response: ServerResponse, platform: Platform) => void | Promise<void>
  }
}
