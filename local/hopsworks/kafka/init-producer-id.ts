import { randomInt } from 'node:crypto'
import type { Api } from './api.ts'
import { errorCode } from './error-code.ts'

/** Numbers do not repeat after a restart: a producer that goes on is a new one then, and none is taken for another. */
let next = BigInt(Date.now()) * 1_000n + BigInt(randomInt(1_000))

export const initProducerId: Api = {
  key: 22,
  name: 'InitProducerId',
  min: 0,
  max: 4,
  flexibleFrom: 2,
  answer({ request, response }) {
    const transactional = request.nullableString() !== null
    response.int32(0).int16(transactional ? errorCode.invalidRequest : errorCode.none)
    response.int64(transactional ? -1n : next++).int16(transactional ? -1 : 0)
    response.tags()
  },
}
