import { gunzipSync } from 'node:zlib'
import { crc32c } from './crc32c.ts'
import { errorCode } from './error-code.ts'

/** Where the fields of a record batch (version 2) lie. */
const at = { length: 8, epoch: 12, magic: 16, crc: 17, attributes: 21, lastOffset: 23, maxTimestamp: 35 }
const atProducer = { id: 43, epoch: 51, sequence: 53, count: 57 }
export const headerBytes = 61
const mostInflated = 256 * 1024 * 1024

export interface Header {
  /** Offset of its first record. */
  readonly baseOffset: number
  /** Its size in bytes, header included. */
  readonly size: number
  readonly count: number
  readonly maxTimestamp: bigint
  readonly producerId: bigint
  readonly producerEpoch: number
  readonly sequence: number
}

/** Reads the header of the batch that starts at `from`. */
export const readHeader = (bytes: Buffer, from = 0): Header => ({
  baseOffset: Number(bytes.readBigInt64BE(from)),
  size: bytes.readInt32BE(from + at.length) + 12,
  count: bytes.readInt32BE(from + atProducer.count),
  maxTimestamp: bytes.readBigInt64BE(from + at.maxTimestamp),
  producerId: bytes.readBigInt64BE(from + atProducer.id),
  producerEpoch: bytes.readInt16BE(from + atProducer.epoch),
  sequence: bytes.readInt32BE(from + atProducer.sequence),
})

/** Kafka's error code for a produced batch; `none` when it may be appended. */
export const checkBatch = (batch: Buffer): number => {
  if (batch.length < headerBytes) return errorCode.corruptMessage
  if (batch[at.magic] !== 2) return errorCode.unsupportedForMessageFormat
  const { size, count } = readHeader(batch)
  if (size !== batch.length) return size < batch.length ? errorCode.invalidRecord : errorCode.corruptMessage
  if (crc32c(batch, at.attributes, batch.length) !== batch.readUInt32BE(at.crc)) return errorCode.corruptMessage
  const attributes = batch.readInt16BE(at.attributes)
  if ((attributes & 7) > 1) return errorCode.unsupportedCompressionType
  if (attributes & 0x30) return errorCode.invalidRecord // transactional, control
  if (count < 1 || count !== batch.readInt32BE(at.lastOffset) + 1) return errorCode.invalidRecord
  return errorCode.none
}

/** Gives the batch its place in the log. */
export const placeBatch = (batch: Buffer, offset: number): void => {
  batch.writeBigInt64BE(BigInt(offset), 0)
  batch.writeInt32BE(0, at.epoch)
}

/** The records of a batch, inflated where it is compressed. */
export const recordsOf = (batch: Buffer): Buffer => {
  const records = batch.subarray(headerBytes)
  const compressed = (batch.readInt16BE(at.attributes) & 7) === 1
  return compressed ? gunzipSync(records, { maxOutputLength: mostInflated }) : records
}
