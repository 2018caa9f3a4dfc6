import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'

/** S3's checksum algorithms that are served here; CRC64NVME is not. */
export type ChecksumAlgorithm = 'CRC32' | 'CRC32C' | 'SHA1' | 'SHA256'
export const checksumAlgorithms: readonly ChecksumAlgorithm[] = ['CRC32', 'CRC32C', 'SHA1', 'SHA256']

/** A running checksum; `digest` is base64, as S3 writes it. */
export interface Checksum {
  update(bytes: Uint8Array): void
  digest(): string
}

const castagnoli = Uint32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte
  for (let bit = 0; bit < 8; bit++) remainder = remainder & 1 ? (remainder >>> 1) ^ 0x82f63b78 : remainder >>> 1
  return remainder
})

const crc32c = (bytes: Uint8Array, start: number) => {
  let sum = ~start
  for (const byte of bytes) sum = (castagnoli[(sum ^ byte) & 0xff] ?? 0) ^ (sum >>> 8)
  return ~sum >>> 0
}

const cyclic = (step: (bytes: Uint8Array, sum: number) => number): Checksum => {
  let sum = 0
  return {
    update: (bytes) => void (sum = step(bytes, sum)),
    digest: () => {
      const bytes = Buffer.alloc(4)
      bytes.writeUInt32BE(sum)
      return bytes.toString('base64')
    },
  }
}

const hash = (algorithm: string): Checksum => {
  const running = createHash(algorithm)
  return { update: (bytes) => void running.update(bytes), digest: () => running.digest('base64') }
}

export const createChecksum = (algorithm: ChecksumAlgorithm): Checksum => {
  if (algorithm === 'CRC32') return cyclic(crc32)
  if (algorithm === 'CRC32C') return cyclic(crc32c)
  return hash(algorithm === 'SHA1' ? 'sha1' : 'sha256')
}
