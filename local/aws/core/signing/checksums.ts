import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { createCRC32, createCRC64 } from 'hash-wasm'
import type { IHasher } from 'hash-wasm'

/** S3's checksum algorithms. */
export const checksumAlgorithms = ['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'] as const
export type ChecksumAlgorithm = (typeof checksumAlgorithms)[number]

/** A running checksum; `digest` is base64, as S3 writes it. */
export interface Checksum {
  update(bytes: Uint8Array): void
  digest(): string
}

/** CRC32 by zlib: several times as fast as in WebAssembly. */
const zlibCrc32 = (): Checksum => {
  let sum = 0
  return {
    update: (bytes) => void (sum = crc32(bytes, sum)),
    digest: () => {
      const bytes = Buffer.alloc(4)
      bytes.writeUInt32BE(sum)
      return bytes.toString('base64')
    },
  }
}

const cyclic = (hasher: IHasher): Checksum => {
  hasher.init()
  return {
    update: (bytes) => void hasher.update(bytes),
    digest: () => Buffer.from(hasher.digest('binary')).toString('base64'),
  }
}

const hash = (algorithm: string): Checksum => {
  const running = createHash(algorithm)
  return { update: (bytes) => void running.update(bytes), digest: () => running.digest('base64') }
}

/** Reflected, as the algorithms take their bits: of Castagnoli, and of the NVM Express specification. */
const polynomials = { CRC32C: 0x82f63b78, CRC64NVME: '9a6c9329ac4bc9b5' }

const makers: Readonly<Record<ChecksumAlgorithm, () => Checksum | Promise<Checksum>>> = {
  CRC32: zlibCrc32,
  CRC32C: async () => cyclic(await createCRC32(polynomials.CRC32C)),
  CRC64NVME: async () => cyclic(await createCRC64(polynomials.CRC64NVME)),
  SHA1: () => hash('sha1'),
  SHA256: () => hash('sha256'),
}

export const createChecksum = async (algorithm: ChecksumAlgorithm): Promise<Checksum> => makers[algorithm]()
