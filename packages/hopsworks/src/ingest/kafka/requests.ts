import { WireReader, int16, int32, int8, string } from './wire.ts'

/** One kind of request in the version that we speak; non-flexible ones, which every broker from 2.1 to 4.x knows. */
export interface Api {
  readonly key: number
  readonly version: number
  readonly name: string
}

export const apiVersions: Api = { key: 18, version: 0, name: 'ApiVersions' }
export const metadata: Api = { key: 3, version: 5, name: 'Metadata' }
export const produce: Api = { key: 0, version: 7, name: 'Produce' }

export interface VersionRange {
  readonly key: number
  readonly min: number
  readonly max: number
}

export function readApiVersions(reply: Buffer): { error: number; ranges: VersionRange[] } {
  const reader = new WireReader(reply)
  const error = reader.int16()
  return { error, ranges: reader.array(() => ({ key: reader.int16(), min: reader.int16(), max: reader.int16() })) }
}

export const metadataRequest = (topic: string): Buffer => Buffer.concat([int32(1), string(topic), int8(1)])

export interface TopicMetadata {
  readonly error: number
  readonly brokers: ReadonlyMap<number, { readonly host: string; readonly port: number }>
  /** Leader's node id by partition; −1 where there is none just now. */
  readonly leaders: readonly number[]
}

export function readMetadata(reply: Buffer): TopicMetadata {
  const reader = new WireReader(reply)
  reader.int32() // throttle time
  const brokers = reader.array(() => {
    const [node, host, port] = [reader.int32(), reader.string(), reader.int32()] as const
    reader.string() // rack
    return [node, { host, port }] as const
  })
  reader.string() // cluster id
  reader.int32() // controller
  const [topic] = reader.array(() => {
    const error = reader.int16()
    reader.string()
    reader.int8() // internal
    const partitions = reader.array(() => {
      reader.int16()
      const [index, leader] = [reader.int32(), reader.int32()] as const
      for (let list = 0; list < 3; list += 1) reader.array(reader.int32) // replicas, in sync, offline
      return { index, leader }
    })
    return { error, leaders: partitions.toSorted((a, b) => a.index - b.index).map(({ leader }) => leader) }
  })
  return { error: topic?.error ?? 3, brokers: new Map(brokers), leaders: topic?.leaders ?? [] }
}

/** All but the batch itself, which follows. acks = all in-sync replicas. */
export const produceRequest = (topic: string, partition: number, batchBytes: number, timeoutMs: number): Buffer =>
  Buffer.concat([
    string(null), // no transaction
    int16(-1),
    int32(timeoutMs),
    int32(1),
    string(topic),
    int32(1),
    int32(partition),
    int32(batchBytes),
  ])

/** The error code of the one partition; 0 is success. */
export function readProduce(reply: Buffer): number {
  const reader = new WireReader(reply)
  const [topic] = reader.array(() => {
    reader.string()
    return reader.array(() => {
      reader.int32()
      const error = reader.int16()
      for (let field = 0; field < 3; field += 1) reader.int64() // base offset, append time, start offset
      return error
    })
  })
  return topic?.[0] ?? -1
}
