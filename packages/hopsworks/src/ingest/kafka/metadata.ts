import type { Api } from './api.ts'
import type { Broker } from './connection.ts'
import { WireReader, int32, int8, string } from './wire.ts'

export const metadata: Api = { key: 3, version: 5, name: 'Metadata' }

/** Of one topic, which is not made where it is missing; of no topic at all, for the brokers alone, without one. */
export const metadataRequest = (topic?: string): Buffer =>
  Buffer.concat([int32(topic === undefined ? 0 : 1), ...(topic === undefined ? [] : [string(topic)]), int8(0)])

export interface Metadata {
  /** Of the topic; 3, unknown, where the reply has none. */
  readonly error: number
  readonly brokers: ReadonlyMap<number, Broker>
  /** Leader's node id by partition; −1 where there is none just now. */
  readonly leaders: readonly number[]
}

export function readMetadata(reply: Buffer): Metadata {
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
