import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import type { Platform } from '../../core/platform.ts'

/** A secret with its versions; each version knows its stages, and `AWSCURRENT` is the one that is read by default. */
export interface SecretRecord {
  readonly ARN: string
  readonly Name: string
  readonly Description?: string | undefined
  readonly KmsKeyId?: string | undefined
  readonly Tags: readonly { Key: string; Value: string }[]
  readonly created: number
  readonly changed: number
  /** Set while the secret waits for its deletion. */
  readonly deleted?: number | undefined
  readonly versions: readonly VersionRecord[]
}

export interface VersionRecord {
  readonly VersionId: string
  readonly SecretString?: string | undefined
  /** Base64, as on the wire. */
  readonly SecretBinary?: string | undefined
  readonly stages: readonly string[]
  readonly created: number
}

export const SecretId = z.string().min(1).max(2048)
export const SecretString = z.string().min(1).max(65_536)
export const SecretBinary = z.string().max(90_000)
export const Tags = z.array(z.strictObject({ Key: z.string().min(1).max(128), Value: z.string().max(256) })).max(50)
export const ClientRequestToken = z.string().min(32).max(64)

export const secretsOf = ({ store }: Platform) => store.table<SecretRecord>('secretsmanager.secrets')

const nameOf = (id: string) =>
  id.startsWith('arn:') ? (id.split(':secret:')[1] ?? id).replace(/-[A-Za-z0-9]{6}$/, '') : id

/** The secret of a name, an ARN, or an ARN without its six random characters. */
export const findSecret = (platform: Platform, id: string): SecretRecord | undefined =>
  secretsOf(platform).get(nameOf(id)) ?? secretsOf(platform).get(id.split(':secret:')[1] ?? id)

/** The secret, or ResourceNotFoundException. */
export const secretOf = (platform: Platform, id: string): SecretRecord => {
  const secret = findSecret(platform, id)
  if (!secret) throw new AwsError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.")
  return secret
}

/** The secret, or InvalidRequestException while it waits for its deletion. */
export const liveSecretOf = (platform: Platform, id: string): SecretRecord => {
  const secret = secretOf(platform, id)
  if (secret.deleted !== undefined) {
    const message = "You can't perform this operation on the secret because it was marked for deletion."
    throw new AwsError('InvalidRequestException', message)
  }
  return secret
}

/** The ARN for the policy check, also of a secret that does not exist. */
export const arnFor = (platform: Platform, id: string): string =>
  findSecret(platform, id)?.ARN ??
  (id.startsWith('arn:') ? id : `arn:aws:secretsmanager:${platform.region}:${platform.account}:secret:${id}`)

/** A new version in the given stages; they leave the versions that had them, and AWSPREVIOUS follows AWSCURRENT. */
export const withVersion = (
  secret: SecretRecord,
  value: Pick<VersionRecord, 'SecretString' | 'SecretBinary'>,
  { id = randomUUID(), stages, now }: { id?: string | undefined; stages: readonly string[]; now: number },
): SecretRecord => {
  const replacesCurrent = stages.includes('AWSCURRENT')
  const others = secret.versions
    .filter(({ VersionId }) => VersionId !== id)
    .map((version) => {
      const kept = version.stages.filter(
        (stage) => !stages.includes(stage) && !(replacesCurrent && stage === 'AWSPREVIOUS'),
      )
      return {
        ...version,
        stages: replacesCurrent && version.stages.includes('AWSCURRENT') ? [...kept, 'AWSPREVIOUS'] : kept,
      }
    })
    .filter(({ stages: left }) => left.length > 0)
  return { ...secret, changed: now, versions: [...others, { VersionId: id, ...value, stages, created: now }] }
}
