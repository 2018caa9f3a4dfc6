import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda'
import * as z from 'zod'
import { HoplineError, httpHandler, InvalidSecret, lambdaHandler, parseConfig, Problem, secretReader } from './index.ts'

let lines: Record<string, unknown>[] = []
const context = () =>
  ({
    awsRequestId: 'r-1',
    functionName: 'f',
    functionVersion: '1',
    memoryLimitInMB: '128',
    invokedFunctionArn: 'arn',
  }) as Context

beforeEach(() => {
  lines = []
  const keep = (text: unknown) => {
    lines.push(JSON.parse(String(text)) as Record<string, unknown>)
    return true
  }
  jest.spyOn(process.stdout, 'write').mockImplementation(keep)
  jest.spyOn(process.stderr, 'write').mockImplementation(keep)
})
afterEach(() => {
  jest.restoreAllMocks()
})

class RowsMissing extends HoplineError {
  override readonly name = 'RowsMissing'
}

describe('config', () => {
  test('names every problem at once, an empty string is missing, and no value is repeated', () => {
    const schema = z.object({ STAGE: z.string(), PORT: z.coerce.number<string>().int(), BUCKET: z.string() })
    const parse = () => parseConfig(schema, { STAGE: '', PORT: 'hunter2', OTHER: 'x' })
    expect(parse).toThrow(/STAGE.*PORT.*BUCKET/)
    expect(parse).not.toThrow(/hunter2/)
  })
})

const handlerThat = (run: (input: { runId: string; rows: number }) => Promise<unknown>, services = () => ({})) =>
  lambdaHandler({
    name: 'writer',
    config: z.object({}),
    input: z.strictObject({ runId: z.string(), rows: z.number() }),
    services,
    run,
  })

describe('lambdaHandler', () => {
  test('logs one line at the start and one at the end, with allowed fields only', async () => {
    const handler = handlerThat(async ({ runId }) => ({
      runId,
      counts: { read: 3, apiKey: 'secret' },
      runs: [{ runId: 'run-2', apiKey: 'secret' }],
      apiKey: 'secret',
    }))
    await expect(handler({ runId: 'run-1', rows: 3 }, context())).resolves.toMatchObject({ runId: 'run-1' })
    expect(lines.map(({ message }) => message)).toEqual(['start', 'end'])
    expect(lines[1]).toMatchObject({
      service: 'writer',
      runId: 'run-1',
      counts: { read: 3 },
      runs: [{ runId: 'run-2' }],
      durationMs: expect.any(Number),
    })
    expect(JSON.stringify(lines)).not.toContain('secret')
  })

  test('refuses an event that it does not know, naming the fields and not their values', async () => {
    const handler = handlerThat(async () => ({}))
    const failure = handler({ runId: 'run-1', rows: 'a secret', extra: 1 }, context())
    await expect(failure).rejects.toMatchObject({
      name: 'InvalidInput',
      message: expect.stringMatching(/rows: .*extra: unknown field/),
    })
    await expect(failure).rejects.not.toThrow('a secret')
  })

  test('lets an error leave with its own name and without what clients hang on it', async () => {
    const handler = handlerThat(async () => {
      throw Object.assign(new RowsMissing('2 rows are missing'), { config: { headers: { authorization: 'secret' } } })
    })
    const error = await handler({ runId: 'run-1', rows: 3 }, context()).catch((error: unknown) => error)
    expect(error).toBeInstanceOf(Error)
    expect((error as Error).name).toBe('RowsMissing')
    expect((error as Error).message).toBe('2 rows are missing')
    expect(Object.keys(error as Error)).toEqual([])
    expect(JSON.stringify(lines)).not.toContain('secret')
    expect(lines.at(-1)).toMatchObject({ level: 'ERROR', message: 'failed', runId: 'run-1' })
  })

  test('makes its services once, and again only after they failed', async () => {
    const services = jest.fn(() => ({}))
    services.mockImplementationOnce(() => {
      throw new RowsMissing('not yet')
    })
    const handler = handlerThat(async () => ({}), services)
    await expect(handler({ runId: 'a', rows: 1 }, context())).rejects.toMatchObject({ name: 'RowsMissing' })
    await handler({ runId: 'b', rows: 1 }, context())
    await handler({ runId: 'c', rows: 1 }, context())
    expect(services).toHaveBeenCalledTimes(2)
  })
})

const event = (body: string, over: Partial<APIGatewayProxyEventV2> = {}) =>
  ({
    headers: { 'content-type': 'application/json' },
    routeKey: 'POST /x',
    body,
    isBase64Encoded: false,
    pathParameters: { pipeline: 'p' },
    ...over,
  }) as APIGatewayProxyEventV2
describe('httpHandler', () => {
  const handler = httpHandler({
    name: 'echo',
    config: z.object({}),
    maxBodyBytes: 100,
    services: () => ({}),
    run: async ({ body, path }) => {
      if (body === 'refuse')
        throw new Problem({ kind: 'no', title: 'No', status: 503, detail: 'not now', retryAfterSeconds: 2 })
      if (body === 'break') throw new Error('internal detail')
      return { body, path }
    },
  })
  const call = async (event: APIGatewayProxyEventV2) => {
    const answer = await handler(event, context())
    return { ...answer, json: JSON.parse(answer.body ?? '') as unknown }
  }

  test('answers JSON with JSON, also when the gateway sends the body in base64', async () => {
    expect(await call(event('{"a":1}'))).toMatchObject({
      statusCode: 200,
      json: { body: { a: 1 }, path: { pipeline: 'p' } },
    })
    const base64 = event(Buffer.from('{"a":"ü"}').toString('base64'), { isBase64Encoded: true })
    expect(await call(base64)).toMatchObject({ statusCode: 200, json: { body: { a: 'ü' } } })
  })

  test.each([
    ['another content type', event('{}', { headers: { 'content-type': 'text/csv' } }), 415],
    ['a body that is too large', event(`"${'x'.repeat(100)}"`), 413],
    ['a body that is not JSON', event('{"a":'), 400],
    [
      'a body that is not UTF-8',
      event(Buffer.from([0x22, 0xff, 0x22]).toString('base64'), { isBase64Encoded: true }),
      400,
    ],
    ['an empty body', event(''), 400],
  ])('refuses %s', async (_, event, status) => {
    const answer = await call(event)
    expect(answer).toMatchObject({ statusCode: status, headers: { 'content-type': 'application/problem+json' } })
    expect(answer.json).toMatchObject({
      status,
      type: expect.stringMatching(/^urn:hopline:problem:/),
      title: expect.any(String),
    })
  })

  test('turns a problem into its document, and anything else into a 500 that says nothing', async () => {
    expect(await call(event('"refuse"'))).toMatchObject({
      statusCode: 503,
      headers: { 'retry-after': '2' },
      json: { detail: 'not now' },
    })
    const broken = await call(event('"break"'))
    expect(broken.statusCode).toBe(500)
    expect(broken.body).not.toContain('internal detail')
  })
})

describe('secretReader', () => {
  test('asks once for five minutes, again on demand, keeps the last good secret, and never shows a wrong one', async () => {
    let value = '{"apiKey":"one"}'
    let requests = 0
    const server = createServer((_, response) => {
      requests += 1
      response.setHeader('content-type', 'application/x-amz-json-1.1')
      response.end(JSON.stringify({ ARN: 'arn', Name: 'n', SecretString: value }))
    }).listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    const client = new SecretsManagerClient({
      endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      region: 'us-east-1',
      credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    })
    let now = 0
    const reader = secretReader('id', z.strictObject({ apiKey: z.string() }), { client, now: () => now })
    await expect(Promise.all([reader.get(), reader.get()])).resolves.toEqual([{ apiKey: 'one' }, { apiKey: 'one' }])
    now = 299_999
    await reader.get()
    expect(requests).toBe(1)
    now = 300_000
    await reader.get()
    expect(requests).toBe(2)
    value = '{"apiKey":12345678}'
    const wrong = await reader.refetch().catch((error: unknown) => error)
    expect(wrong).toBeInstanceOf(InvalidSecret)
    expect((wrong as Error).message).not.toContain('12345678')
    now = 600_000
    await expect(reader.get()).resolves.toEqual({ apiKey: 'one' })
    const asked = requests
    now = 629_999
    await reader.get()
    expect(requests).toBe(asked)
    value = '{"apiKey":"two"}'
    now = 630_000
    await expect(reader.get()).resolves.toEqual({ apiKey: 'two' })
    client.destroy()
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
})
