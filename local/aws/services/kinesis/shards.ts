import { createHash } from 'node:crypto'

/** A part of a stream's hash keys, and of its order. */
export interface Shard {
  readonly id: string
  /** Bounds of its hash keys, decimal, inclusive. */
  readonly startHash: string
  readonly endHash: string
  readonly startSequence: string
  /** Set when it takes no more records. */
  readonly endSequence?: string
  readonly parents: readonly string[]
}

const hashes = 1n << 128n

export const shardId = (index: number): string => `shardId-${String(index).padStart(12, '0')}`

/** `count` shards of equal width; their numbers begin at `first`. */
export const evenShards = (count: number, first: number, startSequence: string): Shard[] =>
  Array.from({ length: count }, (_, index) => ({
    id: shardId(first + index),
    startHash: String((hashes * BigInt(index)) / BigInt(count)),
    endHash: String((hashes * BigInt(index + 1)) / BigInt(count) - 1n),
    startSequence,
    parents: [],
  }))

export const isOpen = ({ endSequence }: Shard): boolean => endSequence === undefined

const overlaps = (a: Shard, b: Shard) =>
  BigInt(a.startHash) <= BigInt(b.endHash) && BigInt(b.startHash) <= BigInt(a.endHash)

/** Closes the open shards and opens `count` new ones, whose parents are those that held their keys. */
export const reshard = (shards: readonly Shard[], count: number, sequence: string): Shard[] => {
  const open = shards.filter(isOpen)
  const closed = shards.map((shard) => (isOpen(shard) ? { ...shard, endSequence: sequence } : shard))
  const made = evenShards(count, shards.length, sequence).map((shard) => ({
    ...shard,
    parents: open.filter((parent) => overlaps(parent, shard)).map(({ id }) => id),
  }))
  return [...closed, ...made]
}

/** The hash key of a partition key: its MD5 as a number. */
export const hashKeyOf = (partitionKey: string): bigint =>
  BigInt(`0x${createHash('md5').update(partitionKey).digest('hex')}`)

export const shardForHash = (shards: readonly Shard[], hash: bigint): Shard | undefined =>
  shards.find((shard) => isOpen(shard) && BigInt(shard.startHash) <= hash && hash <= BigInt(shard.endHash))

/** A shard as the API shows it; two parents are a merge. */
export const describedShard = ({ id, startHash, endHash, startSequence, endSequence, parents }: Shard) => ({
  ShardId: id,
  ParentShardId: parents[0],
  AdjacentParentShardId: parents[1],
  HashKeyRange: { StartingHashKey: startHash, EndingHashKey: endHash },
  SequenceNumberRange: { StartingSequenceNumber: startSequence, EndingSequenceNumber: endSequence },
})
