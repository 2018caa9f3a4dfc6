import { afterEach, describe, expect, test } from '@jest/globals'
import type { Received, Reply } from '../../test-support/https-server.ts'
import { certificate } from '../../test-support/loopback-certificate.ts'
import { managementServers } from '../../test-support/management-of.ts'
import type { OnlineFailure } from './index.ts'

const { connect, close } = managementServers()
afterEach(close)

const jobs = Array.from({ length: 230 }, (_, at) => ({ name: `job ${at}` }))
const asked = ({ query }: Received) => {
  const [offset, limit] = [Number(query.get('offset')), Number(query.get('limit'))]
  return jobs.slice(offset, offset + limit)
}
const pageWithCount = (request: Received): Reply => ({ body: { count: jobs.length, items: asked(request) } })

const listed = async (answer: (request: Received, count: number) => Reply) => {
  const { hopsworks, server } = await connect(answer)
  const found: string[] = []
  for await (const { name } of hopsworks.jobs.list()) found.push(name)
  return { found: found.length, requests: server.received.length }
}

describe('a list', () => {
  test('is read page by page', async () => {
    expect(await listed(pageWithCount)).toEqual({ found: 230, requests: 3 })
  })
  test('is read no further than its reader goes', async () => {
    const { hopsworks, server } = await connect(pageWithCount)
    for await (const { name } of hopsworks.jobs.list()) if (name === 'job 7') break
    expect(server.received).toHaveLength(1)
  })
  test('goes on until a page is not full where the server does not count', async () => {
    const answer = (request: Received) => ({ body: { items: asked(request) } })
    expect(await listed(answer)).toEqual({ found: 230, requests: 3 })
  })
  test('ends with an empty page where the server does not count and the last page is full', async () => {
    const answer = (request: Received) => ({
      body: { items: asked(request).slice(0, 200 - Number(request.query.get('offset'))) },
    })
    expect(await listed(answer)).toEqual({ found: 200, requests: 3 })
  })
  test('is whole in one reply of a server that does not page', async () => {
    expect(await listed(() => ({ body: jobs }))).toEqual({ found: 230, requests: 1 })
    expect(await listed(() => ({ body: { count: 230, items: jobs } }))).toEqual({ found: 230, requests: 1 })
  })
  test.each([[{ count: 0 }], [{ count: 0, items: [] }], [[]], [{ items: null }], [{}]])(
    'may be empty: %j',
    async (body) => {
      expect(await listed(() => ({ body }))).toEqual({ found: 0, requests: 1 })
    },
  )
  test('that ends before its count is not silently shorter', async () => {
    const cut = (request: Received) => ({
      body: { count: 230, items: asked(request).slice(0, 150 - Number(request.query.get('offset'))) },
    })
    await expect(listed(cut)).rejects.toMatchObject({
      name: 'HopsworksUnexpectedReply',
      message: expect.stringContaining('150 of 230'),
    })
  })
  test('goes on after an error that passes', async () => {
    const answer = (request: Received, count: number) => (count === 2 ? { status: 503 } : pageWithCount(request))
    expect(await listed(answer)).toEqual({ found: 230, requests: 4 })
  })
})

describe('a file', () => {
  const read = async (answer: (request: Received, count: number) => Reply) => {
    const { hopsworks } = await connect(answer)
    const chunks: Uint8Array[] = []
    for await (const chunk of hopsworks.files.download('Logs/a b/ü')) chunks.push(chunk)
    return Buffer.concat(chunks).toString()
  }
  test('is asked for by its whole path, each part encoded', async () => {
    const { hopsworks, server } = await connect(() => ({ body: 'x' }))
    for await (const _ of hopsworks.files.download('Logs/a b/ü'));
    for await (const _ of hopsworks.files.download('/Projects/demo/Logs/x'));
    const base = '/hopsworks-api/api/project/119/dataset/download/with_auth/Projects/demo/Logs'
    expect(server.received.map(({ path }) => path)).toEqual([`${base}/a%20b/%C3%BC`, `${base}/x`])
  })
  test('is asked for again until its first byte', async () => {
    expect(await read((_request, count) => (count < 3 ? { status: 503 } : { body: 'whole' }))).toBe('whole')
  })
  test('that is not there is told by its code', async () => {
    const absent = read(() => ({ status: 404, body: { errorCode: 110008 } }))
    await expect(absent).rejects.toMatchObject({ name: 'HopsworksNotFound', code: 110008 })
  })
  test('that breaks off is no shorter file', async () => {
    const cut = read(() => ({ body: 'half of it', cutShort: true }))
    await expect(cut).rejects.toMatchObject({ name: 'HopsworksUnreachable', retryable: true })
  })
})

describe('rows that failed online', () => {
  const hit = (offset: number, more: object = {}) => ({
    _source: {
      log_arguments: {
        failure_type: 'USER_DATA',
        failure_reason: 'too long',
        topic: 't',
        partition: '1',
        offset: `${offset}`,
        ...more,
      },
    },
  })
  const cluster = (found: (from: number) => object) => (request: Received, count: number) => {
    if (request.path.endsWith('/elastic/jwt/119')) return { body: { token: 'a token' } }
    if (request.path.endsWith('/credentials'))
      return { body: { caChain: certificate, clientCert: certificate, clientKey: 'x' } }
    return count === 3 ? { status: 503 } : { body: found(JSON.parse(request.body).from) }
  }
  const failuresOf = async (found: (from: number) => object) => {
    const at: { port: number } = { port: 0 }
    const search = {
      host: '127.0.0.1',
      get port() {
        return at.port
      },
    }
    const { hopsworks, server } = await connect(cluster(found), { search })
    at.port = server.port
    const failures: OnlineFailure[] = []
    for await (const failure of hopsworks.onlineIngestions.failures({ featureGroupId: 7, id: 9 }))
      failures.push(failure)
    return { failures, server }
  }

  test('are asked of OpenSearch with its own token, page by page', async () => {
    const all = Array.from({ length: 130 }, (_, at) => hit(at, at === 0 ? { record_key: 'ORD' } : {}))
    const { failures, server } = await failuresOf((from) => ({
      hits: { total: { value: 130 }, hits: all.slice(from, from + 100) },
    }))
    expect(failures).toHaveLength(130)
    const place = { topic: 't', partition: 1, type: 'USER_DATA', reason: 'too long' }
    expect(failures.slice(0, 2)).toEqual([
      { ...place, offset: 0, key: 'ORD' },
      { ...place, offset: 1, key: null },
    ])
    const searches = server.received.filter(({ path }) => path.endsWith('_search'))
    expect(searches.map(({ path }) => path)).toEqual(searches.map(() => '/onlinefs_119-*/_search'))
    expect(searches.map(({ headers }) => headers.authorization)).toEqual(searches.map(() => 'a token'))
    expect(searches.map(({ body }) => JSON.parse(body).from)).toEqual([0, 0, 100])
  })

  test('are no silently shorter list where OpenSearch shows no more', async () => {
    const page = Array.from({ length: 100 }, (_, at) => hit(at))
    const many = failuresOf(() => ({ hits: { total: { value: 20_000 }, hits: page } }))
    await expect(many).rejects.toMatchObject({ message: expect.stringContaining('10000 of 20000') })
  })
})
