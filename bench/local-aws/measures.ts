import { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { strToU8, zipSync } from 'fflate'
import { median } from '../median.ts'
import type { RawClient } from './raw-client.ts'

const role = 'bench'
const warmCalls = 300
const burst = { concurrency: 8, seconds: 3 }
const objectMb = 256
const chunk = Buffer.alloc(1024 * 1024, 7)

const form = (parameters: Readonly<Record<string, string>>) => ({
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: Buffer.from(new URLSearchParams(parameters).toString()),
})

const trust = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }],
}

const createRole = (client: RawClient) =>
  client.send({
    service: 'iam',
    method: 'POST',
    path: '/',
    ...form({
      Action: 'CreateRole',
      Version: '2010-05-08',
      RoleName: role,
      AssumeRolePolicyDocument: JSON.stringify(trust),
    }),
  })

const invoke = (client: RawClient, name: string) =>
  client.send({
    service: 'lambda',
    method: 'POST',
    path: `/2015-03-31/functions/${name}/invocations`,
    body: Buffer.from('{"n":1}'),
  })

const createFunction = async (client: RawClient, name: string) => {
  const code = zipSync({ 'index.js': strToU8('exports.handler = async (event) => event') })
  const request = {
    FunctionName: name,
    Role: `arn:aws:iam::000000000000:role/${role}`,
    Handler: 'index.handler',
    Runtime: 'nodejs22.x',
    Timeout: 30,
    MemorySize: 256,
    Code: { ZipFile: Buffer.from(code).toString('base64') },
  }
  await client.send({
    service: 'lambda',
    method: 'POST',
    path: '/2015-03-31/functions',
    headers: { 'content-type': 'application/json' },
    body: Buffer.from(JSON.stringify(request)),
  })
  await wait(500)
}

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const since = performance.now()
  await work()
  return performance.now() - since
}

/** First invoke of an empty handler, a warm one above it, and how many a second eight callers get. */
export const lambda = async (client: RawClient) => {
  await createRole(client)
  await createFunction(client, 'empty')
  const firstMs = await timed(() => invoke(client, 'empty'))
  const times: number[] = []
  for (let call = 0; call < warmCalls; call += 1) times.push(await timed(() => invoke(client, 'empty')))
  const until = performance.now() + burst.seconds * 1000
  let done = 0
  const caller = async () => {
    while (performance.now() < until) {
      await invoke(client, 'empty')
      done += 1
    }
  }
  await Promise.all(Array.from({ length: burst.concurrency }, () => invoke(client, 'empty')))
  done = 0
  await Promise.all(Array.from({ length: burst.concurrency }, caller))
  return { firstMs, warmMs: median(times), perSecond: done / burst.seconds }
}

const stream = () => Readable.from(Array.from({ length: objectMb }, () => chunk))
const perSecond = (ms: number) => (objectMb * chunk.length) / 1e6 / (ms / 1000)

/** Megabytes a second of one large object. */
export const storage = async (client: RawClient) => {
  await client.send({ service: 's3', method: 'PUT', path: '/bench' })
  const path = '/bench/large'
  const put = () =>
    client.send({ service: 's3', method: 'PUT', path, body: { stream, length: objectMb * chunk.length } })
  const get = async () => {
    const reply = await client.open({ service: 's3', method: 'GET', path })
    await finished(reply.resume())
  }
  const puts = [await timed(put), await timed(put), await timed(put)]
  const gets = [await timed(get), await timed(get), await timed(get)]
  return { putMb: perSecond(Math.min(...puts)), getMb: perSecond(Math.min(...gets)) }
}
