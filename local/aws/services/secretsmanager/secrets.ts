import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import type { Platform } from '../../core/platform.ts'
import type { VersionRecord } from './versions.ts'

export interface SecretRecord {
  readonly ARN: string
  readonly Name: string
  readonly Description?: string | undefined
  readonly KmsKeyId?: string | undefined
  readonly Tags: TagList
  readonly created: number
  readonly changed: number
  /** When it goes; set while the secret waits for its deletion. */
  readonly deleted?: number | undefined
  /** Oldest first. */
  readonly versions: readonly VersionRecord[]
}

export const SecretId = z.string().min(1).max(2048)
export const Tags = z.array(z.strictObject({ Key: z.string().min(1).max(128), Value: z.string().max(256) })).max(50)
export type TagList = z.infer<typeof Tags>

export const secretsOf = ({ store }: Platform) => store.table<SecretRecord>('secretsmanager.secrets')

const nameOf = (id: string) =>
  id.startsWith('arn:') ? (id.split(':secret:')[1] ?? id).replace(/-[A-Za-z0-9]{6}$/, '') : id

/** Whether the time to restore a secret is over. */
export const isGone = ({ clock }: Platform, { deleted = Infinity }: SecretRecord): boolean => deleted <= clock.now()

/** The secret of a name, an ARN, or an ARN without its six random characters. */
export const findSecret = (platform: Platform, id: string): SecretRecord | undefined => {
  const secrets = secretsOf(platform)
  const secret = secrets.get(nameOf(id)) ?? secrets.get(id.split(':secret:')[1] ?? id)
  return secret && !isGone(platform, secret) ? secret : undefined
}

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

/** What DescribeSecret and ListSecrets tell of a secret beside its versions. */
export const shownSecret = ({
  ARN,
  Name,
  Description,
  KmsKeyId,
  Tags: tags,
  created,
  changed,
  deleted,
}: SecretRecord) => ({
  ARN,
  Name,
  Description,
  KmsKeyId,
  Tags: tags,
  CreatedDate: new Date(created),
  LastChangedDate: new Date(changed),
  DeletedDate: deleted === undefined ? undefined : new Date(deleted),
})
