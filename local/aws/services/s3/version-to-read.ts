import { AwsError } from '../../core/errors.ts'
import type { Call } from '../../core/operation.ts'
import { denial } from '../../core/policy/denial.ts'
import { bucketArn } from './buckets.ts'
import { versionOf } from './versions.ts'
import type { Version } from './versions.ts'

/** A version of an object for its reader. Who may not list the bucket is refused where the object is missing. */
export const versionToRead = (
  { platform, principal }: Call,
  bucket: string,
  key: string,
  versionId: string | undefined,
): Version => {
  try {
    return versionOf(platform, bucket, key, versionId)
  } catch (error) {
    if (!(error instanceof AwsError) || error.code !== 'NoSuchKey') throw error
    const listing = { action: 's3:ListBucket', resource: bucketArn(bucket) }
    const decision = platform.authority.decide(principal, listing)
    throw decision.effect === 'allow' ? error : denial({ service: 's3' }, principal, listing, decision)
  }
}
