import type { Api } from './api.ts'
import { errorCode } from './error-code.ts'
import type { PartitionLog } from './partition-log.ts'

const latest = -1n
const earliest = -2n

const offsetOf = (log: PartitionLog, timestamp: bigint) => {
  if (timestamp === latest) return log.end
  return timestamp === earliest ? 0 : log.offsetAt(timestamp)
}

export const listOffsets: Api = {
  key: 2,
  name: 'ListOffsets',
  min: 1,
  max: 7,
  flexibleFrom: 6,
  answer({ version, request, response, topics }) {
    request.skip(version >= 2 ? 5 : 4) // replica, isolation level
    const asked = request.array(() => {
      const topic = request.string()
      const places = request.array(() => {
        const index = request.int32()
        if (version >= 4) request.skip(4) // leader epoch
        const place = { index, timestamp: request.int64() }
        request.tags()
        return place
      })
      request.tags()
      return { topic, places }
    })
    if (version >= 2) response.int32(0)
    response.array(asked, ({ topic, places }) => {
      response.string(topic).array(places, ({ index, timestamp }) => {
        const log = topics.partition(topic, index)
        response.int32(index).int16(log ? errorCode.none : errorCode.unknownTopicOrPartition)
        response.int64(timestamp >= 0n ? timestamp : -1).int64(log ? offsetOf(log, timestamp) : -1)
        if (version >= 4) response.int32(0)
        response.tags()
      })
      response.tags()
    })
    response.tags()
  },
}
