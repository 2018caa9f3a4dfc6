import type { Clock } from './clock.ts'
import type { Operation, Principal } from './operation.ts'
import type { Authority } from './policy/authority.ts'
import type { Store } from './store.ts'

/** An EventBridge event before the bus adds id, account, region and time. */
export interface PlatformEvent {
  readonly source: string
  readonly detailType: string
  readonly resources: readonly string[]
  readonly detail: Readonly<Record<string, unknown>>
}

/** What every operation can reach: identity, durable state, time, the bus, and every other operation. */
export interface Platform {
  readonly account: string
  readonly region: string
  /** Where this platform answers, `http://127.0.0.1:4566`. */
  readonly url: string
  /** Folder of everything that must survive a restart. */
  readonly stateDir: string
  /** The Python that runs training and serving code: `--python`, else `python3`. */
  readonly python: string
  readonly store: Store
  readonly clock: Clock
  /** What the policies allow. */
  readonly authority: Authority
  /** Credentials of a role's session, as STS would give them: for sandboxes, jobs and containers. */
  readonly credentialsFor: (roleArn: string, sessionName: string) => Credentials
  /** What answers calls of a name, if anything does: `operation('sagemaker', 'CreateModel')`. */
  readonly operation: (service: string, name: string) => Operation | undefined
  /** One operation, called from inside, on the same way as from outside: policy, faults, operation. */
  readonly call: <O = unknown>(service: string, name: string, input: unknown, principal: Principal) => Promise<O>
  /** Something that AWS does by itself, under the faults on request: `act('sagemaker', 'RollBackEndpoint', …)`. */
  readonly act: <O>(service: string, name: string, input: unknown, run: () => O | Promise<O>) => Promise<O>
  /** Puts an event of an AWS service on the default bus. Never throws. */
  readonly emit: (event: PlatformEvent) => void
  /** One structured line in the platform's own log. */
  readonly log: (service: string, message: string, fields?: Readonly<Record<string, unknown>>) => void
  /** Runs at shutdown, last registered first; children are ended here. */
  readonly onClose: (end: () => Promise<void> | void) => void
}

export interface Credentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken: string
}
