import { createHash } from 'node:crypto'

/** The six functions, as AWS names end. */
export type FunctionName =
  | 'ingest-trigger'
  | 'feature-writer'
  | 'training-launcher'
  | 'evaluator'
  | 'deployer'
  | 'predictor'

/** The state machines, as AWS names end. */
export type MachineName = 'ingest-features' | 'train-model' | 'deploy-model'

/** Name of the S3 storage connector in Hopsworks through which training snapshots are written. */
export const snapshotConnector = 'hopline_snapshots'

const hash = (text: string, length: number) => createHash('sha256').update(text).digest('hex').slice(0, length)

/** `flight_delays` (Hopsworks, JSON, keys) as `flight-delays` (AWS names). */
export const kebab = (name: string) => name.replaceAll('_', '-')

/** The name itself if it fits `max` characters, else its beginning and eight hexadecimal digits of its SHA-256. */
export const cut = (name: string, max: number) =>
  name.length <= max ? name : `${name.slice(0, max - 9).replace(/-+$/, '')}-${hash(name, 8)}`

export const stackName = (stage: string) => `hopline-${stage}`
export const rawBucketName = (stage: string, account: string) => cut(`hopline-${stage}-raw-${account}`, 63)
export const dataBucketName = (stage: string, account: string) => cut(`hopline-${stage}-data-${account}`, 63)
export const functionName = (stage: string, name: FunctionName) => cut(`hopline-${stage}-${name}`, 64)
export const machineName = (stage: string, name: MachineName) => cut(`hopline-${stage}-${name}`, 80)
export const secretName = (stage: string, key: 'reader' | 'writer') => `hopline/${stage}/hopsworks-${key}`

/** The SageMaker endpoint of a pipeline; its model package group bears the same name. */
export const endpointName = (pipeline: string, stage: string) => cut(`${kebab(pipeline)}-${stage}`, 63)
export const modelPackageGroupName = endpointName

/** Who, in AWS's eyes, one version of one object is; the version id is empty in a bucket without versions. */
export interface ObjectVersion {
  bucket: string
  key: string
  versionId: string
}

/** The run of an object's version, also the name of its execution: the same event finds the same run. At most 80 characters. */
export const runIdOf = (pipeline: string, { bucket, key, versionId }: ObjectVersion) =>
  `${cut(kebab(pipeline), 55)}-${hash(JSON.stringify([bucket, key, versionId]), 24)}`

/**
 * A name as SageMaker allows it (letters, digits and hyphens), of at most `max` characters, by the run and the part
 * alone.
 */
export const sagemakerName = (runId: string, part: string, max: number) => {
  const allowed = runId.replace(/[^a-zA-Z0-9]+/g, '-').replace(/^-|-$/g, '')
  const base = allowed === runId ? runId : `${allowed}-${hash(runId, 8)}`
  return `${cut(base, max - part.length - 1)}-${part}`
}

/** Any other AWS name of the stack, cut to `max` characters. */
export const resourceName = (stage: string, name: string, max = 64) => cut(`hopline-${stage}-${name}`, max)
