import { afterEach, describe, expect, test } from '@jest/globals'
import type { Received, Reply } from '../../test-support/https-server.ts'
import { managementServers } from '../../test-support/management-of.ts'

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
