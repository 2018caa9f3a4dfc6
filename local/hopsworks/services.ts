import type { DatabaseSync } from 'node:sqlite'
import type { JobRunner } from './jobs/job-runner.ts'
import type { KafkaSecurity } from './kafka/security.ts'
import type { Topics } from './kafka/topics.ts'
import type { Metadata } from './metadata/metadata.ts'
import type { ServerVersion } from './server-version.ts'
import type { Certificates } from './tls/authority.ts'

/** What the resources of the management API work with. */
export interface Services {
  readonly server: ServerVersion
  readonly kafka: KafkaSecurity
  readonly store: DatabaseSync
  readonly metadata: Metadata
  readonly topics: Topics
  readonly certificates: Certificates
  readonly jobs: JobRunner
  readonly region: string
  /** Where the servers listen; known once they do. */
  readonly endpoints: { rest: number; vectors: number; kafka: number; search: number }
  /** What OpenSearch wants to see. */
  readonly searchToken: string
}
