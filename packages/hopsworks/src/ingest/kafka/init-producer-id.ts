import type { Api } from './api.ts'
import { WireReader, int32, string } from './wire.ts'

export const initProducerId: Api = { key: 22, version: 1, name: 'InitProducerId' }

/** By id and epoch the brokers recognise a batch that they have already. */
export interface ProducerIdentity {
  readonly id: bigint
  readonly epoch: number
}

/** Of a producer that the brokers do not know: a repeated batch is written twice. */
export const anonymous: ProducerIdentity = { id: -1n, epoch: -1 }

export const initProducerIdRequest = (): Buffer => Buffer.concat([string(null), int32(0)]) // no transactions

export function readInitProducerId(reply: Buffer): { readonly error: number; readonly identity: ProducerIdentity } {
  const reader = new WireReader(reply)
  reader.int32() // throttle time
  return { error: reader.int16(), identity: { id: reader.int64(), epoch: reader.int16() } }
}
