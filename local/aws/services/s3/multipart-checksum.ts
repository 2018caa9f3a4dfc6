import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import type { ChecksumAlgorithm } from '../../core/signing/checksums.ts'
import { createChecksum } from '../../core/signing/checksums.ts'
import type { Part } from './uploads.ts'

/** Whether the checksum of an upload in parts is of its bytes or of the checksums of its parts. */
export const checksumType = z.enum(['COMPOSITE', 'FULL_OBJECT'])
export type ChecksumType = z.infer<typeof checksumType>

const only: Partial<Record<ChecksumAlgorithm, ChecksumType>> = {
  CRC64NVME: 'FULL_OBJECT',
  SHA1: 'COMPOSITE',
  SHA256: 'COMPOSITE',
}

/** What was asked for, else what S3 takes for the algorithm. */
export const checksumTypeOf = (
  algorithm: ChecksumAlgorithm = 'CRC64NVME',
  asked: ChecksumType | undefined,
): ChecksumType => {
  const must = only[algorithm]
  if (asked && must && asked !== must)
    throw new AwsError(
      'InvalidRequest',
      `The ${asked} checksum type cannot be used with the ${algorithm.toLowerCase()} checksum algorithm.`,
    )
  return asked ?? must ?? 'COMPOSITE'
}

/** The checksum of the parts' checksums, and how many they are: `…-2`. */
export const compositeChecksum = async (
  algorithm: ChecksumAlgorithm,
  parts: readonly Part[],
): Promise<Record<string, string>> => {
  const checksum = await createChecksum(algorithm)
  for (const part of parts) {
    const own = part.checksum[`Checksum${algorithm}`]
    if (own === undefined)
      throw new AwsError('InvalidRequest', `Part ${part.number} was uploaded without a ${algorithm} checksum.`)
    checksum.update(Buffer.from(own, 'base64'))
  }
  return { [`Checksum${algorithm}`]: `${checksum.digest()}-${parts.length}` }
}
