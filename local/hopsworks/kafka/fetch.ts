import { setTimeout as delay } from 'node:timers/promises'
import type { Api, Exchange } from './api.ts'
import { errorCode } from './error-code.ts'

const longestWaitMs = 500

interface Wanted {
  readonly topic: string
  readonly places: { readonly index: number; readonly offset: bigint; readonly most: number }[]
}

const parse = ({ version, request }: Exchange) => {
  request.skip(4) // replica
  const waitMs = request.int32()
  request.skip(4 + 4 + 1) // fewest and most bytes, isolation level
  if (version >= 7) request.skip(8) // session
  const wanted = request.array((): Wanted => ({
    topic: request.string(),
    places: request.array(() => {
      const index = request.int32()
      if (version >= 9) request.skip(4) // leader epoch
      const offset = request.int64()
      if (version >= 5) request.skip(8) // log start
      return { index, offset, most: request.int32() }
    }),
  }))
  return { waitMs, wanted }
}

const read = ({ topics }: Exchange, topic: string, place: Wanted['places'][number]) => {
  const log = topics.partition(topic, place.index)
  if (!log) return { error: errorCode.unknownTopicOrPartition, end: -1, batches: [] }
  if (place.offset < 0n || place.offset > BigInt(log.end))
    return { error: errorCode.offsetOutOfRange, end: log.end, batches: [] }
  const batches = []
  let offset = Number(place.offset)
  for (let size = 0; size < place.most;) {
    const batch = log.batchAt(offset)
    if (!batch) break
    batches.push(batch)
    size += batch.length
    offset = Number(batch.readBigInt64BE(0)) + batch.readInt32BE(57)
  }
  return { error: errorCode.none, end: log.end, batches }
}

/** Lets a consumer read what was produced: clients take the record format from the presence of this request. */
export const fetch: Api = {
  key: 1,
  name: 'Fetch',
  min: 4,
  max: 11,
  flexibleFrom: 12,
  async answer(exchange) {
    const { version, response } = exchange
    const { waitMs, wanted } = parse(exchange)
    const found = () =>
      wanted.map(({ topic, places }) => ({
        topic,
        places: places.map((place) => ({ index: place.index, ...read(exchange, topic, place) })),
      }))
    let results = found()
    if (results.every(({ places }) => places.every(({ error, batches }) => error === 0 && batches.length === 0))) {
      await delay(Math.min(Math.max(waitMs, 0), longestWaitMs))
      results = found()
    }
    response.int32(0)
    if (version >= 7) response.int16(errorCode.none).int32(0)
    response.array(results, ({ topic, places }) => {
      response.string(topic).array(places, ({ index, error, end, batches }) => {
        response.int32(index).int16(error).int64(end).int64(end)
        if (version >= 5) response.int64(0)
        response.array([], () => undefined)
        if (version >= 11) response.int32(-1)
        response.bytes(Buffer.concat(batches))
      })
    })
  },
}
