import type { Api, Exchange } from './api.ts'
import { errorCode } from './error-code.ts'
import { checkBatch } from './record-batch.ts'

const refused = (error: number) => ({ error, baseOffset: -1 })

const append = ({ topics, mayProduce }: Exchange, topic: string, index: number, batch: Buffer | null) => {
  if (!mayProduce) return refused(errorCode.topicAuthorizationFailed)
  const log = topics.partition(topic, index)
  if (!log) return refused(errorCode.unknownTopicOrPartition)
  const error = batch ? checkBatch(batch) : errorCode.invalidRecord
  return batch && error === errorCode.none ? log.append(batch) : refused(error)
}

export const produce: Api = {
  key: 0,
  name: 'Produce',
  min: 3,
  max: 11,
  flexibleFrom: 9,
  answer(exchange) {
    const { version, request, response, topics } = exchange
    request.nullableString() // transactional id
    const acks = request.int16()
    request.skip(4) // timeout
    const sent = request.array(() => {
      const topic = request.string()
      const batches = request.array(() => {
        const batch = { index: request.int32(), bytes: request.nullableBytes() }
        request.tags()
        return batch
      })
      request.tags()
      return { topic, batches }
    })
    response.array(sent, ({ topic, batches }) => {
      response.string(topic).array(batches, ({ index, bytes }) => {
        const { error, baseOffset } = append(exchange, topic, index, bytes)
        response.int32(index).int16(error).int64(baseOffset).int64(-1)
        if (version >= 5) response.int64(0)
        if (version >= 8) response.array([], () => undefined).string(null)
        response.tags()
      })
      response.tags()
    })
    response.int32(0).tags()
    for (const { topic } of sent) topics.appended(topic)
    return acks === 0 ? false : undefined
  },
}
