import type { CloudFormationClient } from '@aws-sdk/client-cloudformation'
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { connectHopsworks } from '@hopline/hopsworks/management'
import { secretName, snapshotConnector } from '@hopline/workflow'
import { fromAws, fromHopsworks } from '../failures.ts'
import type { AccessKey } from './access-key.ts'
import { checkWriter } from './check-writer.ts'
import { putSecret } from './secret.ts'
import { readStack } from './stack.ts'
import { findVectorServer, reachVectorServer } from './vector-server.ts'
import type { Address } from './vector-server.ts'

export interface ConnectOptions {
  readonly stage: string
  readonly url: string
  readonly project: string
  readonly readerKey: string
  readonly writerKey: string
  /** PEM, or null for the system's authorities. */
  readonly ca: string | null
  readonly vectors: Address | undefined
  readonly s3Endpoint: string | undefined
  /** With which Hopsworks writes snapshots where it has no instance role; else the stack's role. */
  readonly snapshotKey: AccessKey | undefined
}

export interface Clients {
  readonly stacks: CloudFormationClient
  readonly secrets: SecretsManagerClient
}

export type Connected = Awaited<ReturnType<typeof connect>>

/** Someone is waiting at a terminal. */
const patience = { totalMs: 5_000, baseMs: 200, maxMs: 1_000 }

/** Checks both keys, makes the snapshot connector and fills the stage's two secrets. Throws CommandFailed. */
export async function connect(options: ConnectOptions, { stacks, secrets }: Clients) {
  const { stage, url, project, ca, readerKey, writerKey } = options
  const login = (apiKey: string) => connectHopsworks({ url, project, apiKey, ca, retry: patience })
  const hopsworks = await fromHopsworks('writer key', () => login(writerKey))
  const version = await checkWriter(hopsworks)
  await fromHopsworks('reader key', () => login(readerKey))
  const vectors = options.vectors ?? (await fromHopsworks('vector server', () => findVectorServer(hopsworks)))
  await fromHopsworks('vector server', () => reachVectorServer({ ...vectors, ca, apiKey: readerKey, project }))

  const {
    name: stack,
    region,
    dataBucket,
    snapshotRole,
  } = await fromAws('CloudFormation', () => readStack(stacks, stage))
  const { change } = await fromHopsworks('storage connector', () =>
    hopsworks.connectors.put({
      name: snapshotConnector,
      description: `Training snapshots of ${stack}`,
      bucket: dataBucket,
      path: '',
      region,
      identity: options.snapshotKey ?? { iamRole: snapshotRole },
      arguments: options.s3Endpoint === undefined ? {} : { 'fs.s3a.endpoint': options.s3Endpoint },
    }),
  )

  const { projectId, featureStoreId } = hopsworks
  const common = { url, project, projectId, featureStoreId, ca, vectors }
  const filled = []
  for (const [key, apiKey] of [
    ['reader', readerKey],
    ['writer', writerKey],
  ] as const) {
    const name = secretName(stage, key)
    filled.push({
      name,
      change: await fromAws('Secrets Manager', () => putSecret(secrets, name, { ...common, apiKey })),
    })
  }
  const connector = { name: snapshotConnector, bucket: dataBucket, change }
  return { stack, region, project, version, projectId, featureStoreId, vectors, connector, secrets: filled }
}
