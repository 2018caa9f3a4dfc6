import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import type { SecretRecord } from './secrets.ts'

export interface VersionRecord {
  readonly VersionId: string
  readonly SecretString?: string | undefined
  /** Base64, as on the wire. */
  readonly SecretBinary?: string | undefined
  /** Labels; `AWSCURRENT` is what is read by default. One without any is deprecated. */
  readonly stages: readonly string[]
  readonly created: number
}

type Value = Pick<VersionRecord, 'SecretString' | 'SecretBinary'>

/** How many deprecated versions Secrets Manager keeps. */
const mostDeprecated = 100

export const VersionStage = z.string().min(1).max(256)
export const VersionId = z.string().min(32).max(64)
/** Members of the operations that store a value. */
export const valueMembers = {
  ClientRequestToken: VersionId.optional(),
  SecretString: z.string().min(1).max(65_536).optional(),
  SecretBinary: z.string().max(90_000).optional(),
}

/** Whether a request brings a value; InvalidParameterException for two of them. */
export const hasValue = ({ SecretString, SecretBinary }: Value): boolean => {
  if (SecretString !== undefined && SecretBinary !== undefined) {
    const message = "You can't specify both a binary secret value and a string secret value in the same secret."
    throw new AwsError('InvalidParameterException', message)
  }
  return SecretString !== undefined || SecretBinary !== undefined
}

export const isDeprecated = ({ stages }: VersionRecord): boolean => stages.length === 0

export const versionAt = ({ versions }: SecretRecord, stage: string): VersionRecord | undefined =>
  versions.find(({ stages }) => stages.includes(stage))

const withoutOldest = (versions: readonly VersionRecord[]) => {
  const surplus = versions.filter(isDeprecated).slice(0, -mostDeprecated)
  return versions.filter((version) => !surplus.includes(version))
}

/** Gives labels to one version, or to none; each leaves the version that had it, and AWSPREVIOUS follows AWSCURRENT. */
export const labelled = (secret: SecretRecord, stages: readonly string[], to?: string): SecretRecord => {
  const current = versionAt(secret, 'AWSCURRENT')?.VersionId
  const moved = new Map(stages.map((stage) => [stage, to]))
  if (moved.has('AWSCURRENT') && current !== undefined && current !== to) moved.set('AWSPREVIOUS', current)
  const versions = secret.versions.map((version) => {
    const kept = version.stages.filter((stage) => !moved.has(stage))
    const gained = [...moved].flatMap(([stage, id]) => (id === version.VersionId ? [stage] : []))
    return { ...version, stages: [...kept, ...gained] }
  })
  return { ...secret, versions: withoutOldest(versions) }
}

/**
 * The secret with one more version in the given stages; the first is AWSCURRENT in any case. A token that is known
 * stands for the same request again; ResourceExistsException when that had another value.
 */
export const withVersion = (
  secret: SecretRecord,
  { SecretString, SecretBinary }: Value,
  { id = randomUUID(), stages, now }: { id?: string | undefined; stages: readonly string[]; now: number },
): { readonly secret: SecretRecord; readonly VersionId: string } => {
  const known = secret.versions.find(({ VersionId: held }) => held === id)
  if (known) {
    if (known.SecretString === SecretString && known.SecretBinary === SecretBinary) return { secret, VersionId: id }
    const message = `You can't use ClientRequestToken ${id} because that value is already in use for a version of secret ${secret.ARN}.`
    throw new AwsError('ResourceExistsException', message)
  }
  const version = { VersionId: id, SecretString, SecretBinary, stages: [], created: now }
  const labels = secret.versions.length === 0 ? [...new Set(['AWSCURRENT', ...stages])] : stages
  const grown = { ...secret, changed: now, versions: [...secret.versions, version] }
  return { secret: labelled(grown, labels, id), VersionId: id }
}
