import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import type { Platform } from '../../core/platform.ts'
import type { Store, Table } from '../../core/store.ts'

/** A bucket and its settings, each as the API's own structure. */
export interface Bucket {
  readonly name: string
  /** Milliseconds since 1970. */
  readonly created: number
  readonly settings: Readonly<Record<string, unknown>>
}

export const bucketsOf = (store: Store): Table<Bucket> => store.table('s3.buckets')

/** The bucket, or NoSuchBucket. */
export const bucketOf = ({ store }: Platform, name: string): Bucket => {
  const bucket = bucketsOf(store).get(name)
  if (!bucket)
    throw new AwsError('NoSuchBucket', 'The specified bucket does not exist', { status: 404, BucketName: name })
  return bucket
}

const versioning = z.looseObject({ Status: z.string().optional() })

/** Whether new objects get a version id, `null` over and over, or whether versions were never on. */
export const versioningOf = ({ settings }: Bucket): 'Enabled' | 'Suspended' | undefined => {
  const { Status } = versioning.parse(settings['VersioningConfiguration'] ?? {})
  return Status === 'Enabled' || Status === 'Suspended' ? Status : undefined
}

/** Whether the bucket tells EventBridge of its objects. */
export const tellsEventBridge = ({ settings }: Bucket): boolean =>
  'EventBridgeConfiguration' in z.looseObject({}).parse(settings['NotificationConfiguration'] ?? {})

export const bucketArn = (bucket: string): string => `arn:aws:s3:::${bucket}`
export const objectArn = (bucket: string, key: string): string => `arn:aws:s3:::${bucket}/${key}`
