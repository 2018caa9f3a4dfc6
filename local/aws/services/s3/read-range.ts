import { AwsError } from '../../core/errors.ts'
import { byteRange } from './byte-range.ts'
import type { Version } from './versions.ts'

interface Wanted {
  readonly Range?: string | undefined
  readonly PartNumber?: number | undefined
}

/** The bytes of one part of a multipart upload; an object that was put has one. */
const partRange = ({ size, partSizes = [size] }: Version, part: number) => {
  const length = partSizes[part - 1]
  if (length === undefined)
    throw new AwsError('InvalidPartNumber', 'The requested partnumber is not satisfiable', {
      status: 416,
      ActualPartCount: partSizes.length,
      PartNumberRequested: part,
    })
  const start = partSizes.slice(0, part - 1).reduce((sum, each) => sum + each, 0)
  return { start, end: start + length - 1 }
}

/** What of an object a reader wants, and the headers that say so; undefined for all of it. */
export const readRange = (version: Version, { Range, PartNumber }: Wanted) => {
  if (Range !== undefined && PartNumber !== undefined)
    throw new AwsError('InvalidRequest', 'Cannot specify both Range header and partNumber query parameter')
  const range = PartNumber === undefined ? byteRange(Range, version.size) : partRange(version, PartNumber)
  if (!range || version.size === 0) return undefined
  const members = {
    ContentLength: range.end - range.start + 1,
    ContentRange: `bytes ${range.start}-${range.end}/${version.size}`,
    ...(PartNumber !== undefined && version.partSizes && { PartsCount: version.partSizes.length }),
  }
  return { ...range, members }
}
