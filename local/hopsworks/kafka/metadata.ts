import { createHash } from 'node:crypto'
import type { Api } from './api.ts'
import { errorCode } from './error-code.ts'
import { partitions } from './topics.ts'

const nodeId = 0
const clusterId = 'hopline-local-hopsworks'
const noOperations = -2_147_483_648
const noTopicId = Buffer.alloc(16)
const topicId = (name: string) => createHash('md5').update(name).digest()

export const metadata: Api = {
  key: 3,
  name: 'Metadata',
  min: 0,
  max: 12,
  flexibleFrom: 9,
  answer({ version, request, response, topics, broker }) {
    const asked = request.nullableArray(() => {
      if (version >= 10) request.skip(16)
      const name = request.nullableString() ?? ''
      request.tags()
      return name
    })
    const names = asked === null || (version === 0 && asked.length === 0) ? topics.names : asked
    if (version >= 3) response.int32(0)
    response.array([broker], ({ host, port }) => {
      response.int32(nodeId).string(host).int32(port)
      if (version >= 1) response.string(null)
      response.tags()
    })
    if (version >= 2) response.string(clusterId)
    if (version >= 1) response.int32(nodeId)
    response.array(names, (name) => {
      const known = topics.has(name)
      response.int16(known ? errorCode.none : errorCode.unknownTopicOrPartition).string(name)
      if (version >= 10) response.raw(known ? topicId(name) : noTopicId)
      if (version >= 1) response.boolean(false)
      response.array(known ? [...Array(partitions).keys()] : [], (index) => {
        response.int16(errorCode.none).int32(index).int32(nodeId)
        if (version >= 7) response.int32(0)
        response.array([nodeId], (id) => response.int32(id)).array([nodeId], (id) => response.int32(id))
        if (version >= 5) response.array([], () => undefined)
        response.tags()
      })
      if (version >= 8) response.int32(noOperations)
      response.tags()
    })
    if (version >= 8 && version <= 10) response.int32(noOperations)
    response.tags()
  },
}
