import { AwsError } from '../../core/errors.ts'
import type { Platform } from '../../core/platform.ts'
import type { Table } from '../../core/store.ts'
import type { FunctionReference } from './function-name.ts'
import { functionArn } from './function-name.ts'

/** `$LATEST` or a published version, in the API's own shape. */
export interface FunctionConfiguration {
  readonly FunctionName: string
  readonly FunctionArn: string
  readonly Runtime: string
  readonly Role: string
  readonly Handler: string
  readonly CodeSize: number
  readonly CodeSha256: string
  readonly Description: string
  /** Seconds. */
  readonly Timeout: number
  /** Megabytes. */
  readonly MemorySize: number
  readonly LastModified: string
  readonly Version: string
  readonly Environment?: { readonly Variables: Readonly<Record<string, string>> }
  readonly DeadLetterConfig?: { readonly TargetArn: string } | undefined
  readonly TracingConfig: { readonly Mode: string }
  readonly VpcConfig?: {
    readonly SubnetIds: readonly string[]
    readonly SecurityGroupIds: readonly string[]
    readonly Ipv6AllowedForDualStack: boolean
  }
  readonly KMSKeyArn?: string
  readonly RevisionId: string
  readonly Architectures: readonly string[]
  readonly EphemeralStorage: { readonly Size: number }
  readonly LoggingConfig: { readonly LogFormat: 'Text'; readonly LogGroup: string }
  readonly PackageType: 'Zip'
  readonly State: 'Active'
  readonly LastUpdateStatus: 'Successful'
}

/** What belongs to a function and not to one of its versions. */
export interface FunctionSettings {
  readonly nextVersion: number
  readonly reservedConcurrency?: number
  readonly tags: Readonly<Record<string, string>>
}

export const settingsTable = ({ store }: Pick<Platform, 'store'>): Table<FunctionSettings> =>
  store.table('lambda.functions')
/** Keys are `<name>:<version>`. */
export const versionsTable = ({ store }: Platform): Table<FunctionConfiguration> => store.table('lambda.versions')

export const functionNotFound = (arn: string): AwsError =>
  new AwsError('ResourceNotFoundException', `Function not found: ${arn}`, { status: 404, Type: 'User' })

const noSuchFunction = (platform: Platform, { name, qualifier }: FunctionReference): AwsError =>
  functionNotFound(functionArn(platform, name, qualifier === '$LATEST' ? undefined : qualifier))

export const findVersion = (
  platform: Platform,
  { name, qualifier }: FunctionReference,
): FunctionConfiguration | undefined => versionsTable(platform).get(`${name}:${qualifier}`)

export const existingVersion = (platform: Platform, reference: FunctionReference): FunctionConfiguration => {
  const found = findVersion(platform, reference)
  if (!found) throw noSuchFunction(platform, reference)
  return found
}

export const existingSettings = (platform: Platform, reference: FunctionReference): FunctionSettings => {
  const found = settingsTable(platform).get(reference.name)
  if (!found) throw noSuchFunction(platform, reference)
  return found
}

/** `$LATEST` first, then the published versions in their order. */
export const versionsOf = (platform: Platform, name: string): FunctionConfiguration[] =>
  versionsTable(platform)
    .list({ prefix: `${name}:` })
    .map(({ value }) => value)
    .toSorted((a, b) => (Number(a.Version) || 0) - (Number(b.Version) || 0))

/** `2026-11-24T04:43:24.000+0000`, as Lambda writes it. */
export const lastModified = ({ clock }: Platform): string => new Date(clock.now()).toISOString().replace('Z', '+0000')
