import { AwsError } from '../../core/errors.ts'
import type { Version } from './versions.ts'

const bare = (etag: string) => etag.replace(/^W\//, '').replaceAll('"', '')
const failed = (condition: string) =>
  new AwsError('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', {
    status: 412,
    Condition: condition,
  })

export interface Preconditions {
  readonly IfMatch?: string | undefined
  readonly IfNoneMatch?: string | undefined
  readonly IfModifiedSince?: string | undefined
  readonly IfUnmodifiedSince?: string | undefined
}

/** Of a write: `IfNoneMatch: '*'` wants no object there, `IfMatch` wants just that one. */
export const checkWrite = ({ IfMatch, IfNoneMatch }: Preconditions, present: Version | undefined): void => {
  const there = present && !present.deleteMarker ? present : undefined
  if (IfNoneMatch !== undefined && IfNoneMatch !== '*')
    throw new AwsError('NotImplemented', 'If-None-Match of a write takes * only.', { status: 501 })
  if (IfNoneMatch === '*' && there) throw failed('If-None-Match')
  if (IfMatch === undefined) return
  if (!there) throw new AwsError('NoSuchKey', 'The specified key does not exist.', { status: 404 })
  if (bare(IfMatch) !== bare(there.etag)) throw failed('If-Match')
}

/** Of a read: throws PreconditionFailed, or NotModified with status 304. */
export const checkRead = (conditions: Preconditions, { etag, lastModified }: Version): void => {
  const { IfMatch, IfNoneMatch, IfModifiedSince, IfUnmodifiedSince } = conditions
  const seconds = Math.floor(lastModified / 1000) * 1000
  const names = (list: string) =>
    list.split(',').some((each) => each.trim() === '*' || bare(each.trim()) === bare(etag))
  if (IfMatch !== undefined) {
    if (!names(IfMatch)) throw failed('If-Match')
  } else if (IfUnmodifiedSince !== undefined && seconds > Date.parse(IfUnmodifiedSince))
    throw failed('If-Unmodified-Since')
  const unchanged =
    IfNoneMatch === undefined
      ? IfModifiedSince !== undefined && seconds <= Date.parse(IfModifiedSince)
      : names(IfNoneMatch)
  if (unchanged) throw new AwsError('NotModified', 'Not Modified', { status: 304, ETag: etag })
}
