import type { Permission } from '../../core/operation.ts'
import { objectArn } from './buckets.ts'

/** Where a copy comes from. */
export interface CopySource {
  readonly bucket: string
  readonly key: string
  readonly versionId: string | undefined
}

/** Reads `bucket/key` or `/bucket/key?versionId=…`, encoded as in a path. */
export const copySource = (text: string): CopySource => {
  const [path = '', versionId] = text.replace(/^\//, '').split('?versionId=')
  const [bucket = '', ...key] = decodeURIComponent(path).split('/')
  return { bucket, key: key.join('/'), versionId }
}

export const toRead = ({ bucket, key, versionId }: CopySource): Permission => ({
  action: versionId ? 's3:GetObjectVersion' : 's3:GetObject',
  resource: objectArn(bucket, key),
})
