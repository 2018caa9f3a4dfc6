import { crc32 } from 'node:zlib'

/**
 * The partition of a key: CRC32, as librdkafka and so the Python SDK choose it. Java and most JavaScript clients take
 * murmur2; two writers of one group that disagree lose the order of a key's rows.
 */
export const partitionOf = (key: string, partitions: number): number => crc32(key) % partitions
