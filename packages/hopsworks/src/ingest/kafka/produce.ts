import type { Api } from './api.ts'
import { WireReader, int16, int32, string } from './wire.ts'

export const produce: Api = { key: 0, version: 7, name: 'Produce' }

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
