import { Sha256 } from '@aws-crypto/sha256-js'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { SignatureV4 } from '@smithy/signature-v4'
import { strToU8, zipSync } from 'fflate'
import { generateKeyPairSync, sign } from 'node:crypto'
import { createServer } from 'node:http'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { RunningPlatform } from '../../core/create-platform.ts'
import { createPlatform } from '../../core/create-platform.ts'
import { listen } from '../../core/listen.ts'
import { capableRole } from '../../core/testing.ts'
import * as lambda from '../lambda/index.ts'
import { matchRoute } from './gateway/match-route.ts'
import * as apigateway from './index.ts'

const root = { kind: 'root', arn: 'arn:aws:iam::000000000000:root' } as const
const stateDir = mkdtempSync(join(tmpdir(), 'hopline-api-'))
const open = () => createPlatform({ stateDir, services: [lambda, apigateway] })
let running: RunningPlatform
let url: string
let apiId: string
let target: string
let integration: object

const call = <O>(service: string, name: string, input: unknown) => running.platform.call<O>(service, name, input, root)

interface Asked {
  readonly headers?: Record<string, string>
  readonly body?: string | Uint8Array<ArrayBuffer> | ReadableStream
  /** Signs with a signer that shares nothing with the platform; for another service, with another secret or as a role. */
  readonly signed?: { readonly secret?: string; readonly service?: string; readonly role?: string }
}

const ask = async (path: string, { headers = {}, body, signed }: Asked = {}) => {
  const to = new URL(url + path)
  const method = body === undefined ? 'GET' : 'POST'
  const query: Record<string, string[]> = {}
  for (const name of to.searchParams.keys()) query[name] = to.searchParams.getAll(name)
  const { accessKeyId, secretAccessKey } = running
  const session = signed?.role === undefined ? undefined : running.platform.credentialsFor(signed.role, 'me')
  const signer = new SignatureV4({
    service: signed?.service ?? 'execute-api',
    region: 'us-east-1',
    credentials: session ?? { accessKeyId, secretAccessKey: signed?.secret ?? secretAccessKey },
    sha256: Sha256,
  })
  const request = {
    method,
    protocol: 'http:',
    hostname: to.hostname,
    path: to.pathname,
    query,
    headers: { host: to.host, ...headers },
    body,
  }
  const sent = signed ? (await signer.sign(request)).headers : headers
  const reply = await fetch(to, { method, headers: sent, ...(body !== undefined && { body, duplex: 'half' }) })
  return { status: reply.status, headers: Object.fromEntries(reply.headers), body: await reply.text() }
}
const json = { 'content-type': 'application/json' }

beforeAll(async () => {
  running = await open()
  const source = `exports.handler = async (event) => {
    const how = event.queryStringParameters?.how
    if (how === 'throw') throw new Error('no')
    if (how === 'plain') return { plain: true }
    if (how === 'slow') await new Promise((go) => setTimeout(go, 2000))
    if (how === 'endless') {
      console.log(how)
      await new Promise((go) => setTimeout(go, 60_000))
    }
    if (how === 'bad') return { statusCode: 'x' }
    if (how === 'full') return { statusCode: 201, headers: { 'X-A': 1 }, cookies: ['a=1', 'b=2'], body: Buffer.from('bytes').toString('base64'), isBase64Encoded: true }
    return { statusCode: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(event) }
  }`
  const { FunctionArn } = await call<{ FunctionArn: string }>('lambda', 'CreateFunction', {
    FunctionName: 'predictor',
    Role: capableRole(running.platform, 'work', 'lambda.amazonaws.com'),
    Handler: 'index.handler',
    Runtime: 'nodejs24.x',
    Code: { ZipFile: Buffer.from(zipSync({ 'index.js': strToU8(source) })).toString('base64') },
    Timeout: 60,
  })
  const api = await call<{ apiId: string; apiEndpoint: string }>('apigateway', 'CreateApi', {
    name: 'dev',
    protocolType: 'HTTP',
  })
  apiId = api.apiId
  url = api.apiEndpoint
  await call('apigateway', 'CreateStage', { apiId, stageName: '$default', autoDeploy: true })
  integration = { apiId, integrationType: 'AWS_PROXY', integrationUri: FunctionArn, payloadFormatVersion: '2.0' }
  const integrate = async (limit: { timeoutInMillis?: number }) => {
    const { integrationId } = await call<{ integrationId: string }>('apigateway', 'CreateIntegration', {
      ...integration,
      ...limit,
    })
    return `integrations/${integrationId}`
  }
  target = await integrate({})
  await call('apigateway', 'CreateRoute', {
    apiId,
    routeKey: 'POST /v1/{pipeline}/predict',
    target,
    authorizationType: 'AWS_IAM',
  })
  await call('apigateway', 'CreateRoute', { apiId, routeKey: 'ANY /open/{proxy+}', target })
  await call('apigateway', 'CreateRoute', {
    apiId,
    routeKey: 'GET /slow',
    target: await integrate({ timeoutInMillis: 100 }),
  })
  for (const [StatementId, request] of [
    ['predictions', 'POST/v1/{pipeline}/predict'],
    ['open', '*/open/*'],
    ['guarded', 'GET/guarded'],
    ['scoped', 'GET/scoped'],
    ['slow', 'GET/slow'],
  ])
    await call('lambda', 'AddPermission', {
      FunctionName: 'predictor',
      StatementId,
      Action: 'lambda:InvokeFunction',
      Principal: 'apigateway.amazonaws.com',
      SourceArn: `arn:aws:execute-api:us-east-1:000000000000:${apiId}/*/${request}`,
    })
})
afterAll(async () => {
  await running.close()
  rmSync(stateDir, { recursive: true, force: true })
})

describe('a route with IAM authorisation', () => {
  const path = '/v1/flight-delays/predict?debug=1&debug=2'

  test('lets a signed request through, as an event of payload format 2.0', async () => {
    const headers = { ...json, cookie: 's=1; t=2', 'x-twice': '1' }
    const reply = await ask(path, { signed: {}, headers, body: '{"a":1}' })
    expect(reply).toMatchObject({ status: 200, headers: { 'content-type': 'application/json' } })
    expect(JSON.parse(reply.body)).toMatchObject({
      version: '2.0',
      routeKey: 'POST /v1/{pipeline}/predict',
      rawPath: '/v1/flight-delays/predict',
      rawQueryString: 'debug=1&debug=2',
      cookies: ['s=1', 't=2'],
      headers: { 'content-type': 'application/json', 'x-twice': '1' },
      queryStringParameters: { debug: '1,2' },
      pathParameters: { pipeline: 'flight-delays' },
      requestContext: {
        accountId: '000000000000',
        apiId,
        stage: '$default',
        http: { method: 'POST', path: '/v1/flight-delays/predict', sourceIp: '127.0.0.1' },
        authorizer: { iam: { userArn: root.arn, accessKey: running.accessKeyId } },
      },
      body: '{"a":1}',
      isBase64Encoded: false,
    })
  })

  test('refuses a request that is not signed, wrongly signed or signed for another body', async () => {
    const forbidden = { status: 403, body: '{"message":"Forbidden"}' }
    expect(await ask(path, { headers: json, body: '{}' })).toMatchObject(forbidden)
    expect(await ask(path, { signed: { secret: 'wrong' }, headers: json, body: '{}' })).toMatchObject(forbidden)
    expect(await ask(path, { signed: { service: 'lambda' }, headers: json, body: '{}' })).toMatchObject(forbidden)
  })
})

test('a role needs execute-api:Invoke on the request', async () => {
  const role = capableRole(running.platform, 'asker', 'lambda.amazonaws.com')
  const path = '/v1/flight-delays/predict'
  expect(await ask(path, { signed: { role }, headers: json, body: '{}' })).toMatchObject({ status: 200 })
  const refused = { status: 403, body: '{"message":"Forbidden"}' }
  const absent = 'arn:aws:iam::000000000000:role/absent'
  expect(await ask(path, { signed: { role: absent }, headers: json, body: '{}' })).toMatchObject(refused)
})

describe('a route with a JWT authorizer', () => {
  const audience = 'predictions'
  const keys = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 })
  let asked = 0
  const provider = createServer((request, response) => {
    asked += 1
    const kept = { kid: 'k1', use: 'sig', alg: 'RS256', ...keys.publicKey.export({ format: 'jwk' }) }
    const document = request.url?.startsWith('/.well-known') ? { issuer, jwks_uri: `${issuer}/keys` } : { keys: [kept] }
    response.end(JSON.stringify(document))
  })
  let issuer: string
  let authorizerId: string
  const token = (claims: object = {}, { kid = 'k1', alg = 'RS256', key = keys.privateKey } = {}) => {
    const now = Date.now() / 1000
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const signed = `${part({ alg, kid })}.${part({ iss: issuer, aud: audience, sub: 'ada', iat: now - 1, exp: now + 60, scope: 'read write', roles: ['a', 'b'], ...claims })}`
    return `${signed}.${sign('RSA-SHA256', Buffer.from(signed), key).toString('base64url')}`
  }
  const bearing = (authorization: string) => ask('/guarded', { headers: { authorization } })

  beforeAll(async () => {
    issuer = `http://127.0.0.1:${await listen(provider, 0)}`
    const authorizer = await call<{ authorizerId: string }>('apigateway', 'CreateAuthorizer', {
      apiId,
      name: 'people',
      authorizerType: 'JWT',
      identitySource: ['$request.header.Authorization'],
      jwtConfiguration: { audience: [audience], issuer },
    })
    authorizerId = authorizer.authorizerId
    const jwt = { apiId, target, authorizationType: 'JWT', authorizerId }
    await call('apigateway', 'CreateRoute', { ...jwt, routeKey: 'GET /guarded' })
    await call('apigateway', 'CreateRoute', {
      ...jwt,
      routeKey: 'GET /scoped',
      authorizationScopes: ['admin', 'write'],
    })
    await call('apigateway', 'CreateRoute', { ...jwt, routeKey: 'GET /admin', authorizationScopes: ['admin'] })
  })
  afterAll(() => void provider.close())

  test("gives the token's claims to the function, and asks the issuer for its keys once", async () => {
    const reply = await bearing(`Bearer ${token()}`)
    expect(reply.status).toBe(200)
    expect(JSON.parse(reply.body).requestContext.authorizer).toEqual({
      jwt: {
        claims: expect.objectContaining({
          iss: issuer,
          aud: audience,
          sub: 'ada',
          roles: '[a b]',
          exp: expect.any(String),
        }),
        scopes: null,
      },
    })
    const scoped = await ask('/scoped', { headers: { authorization: token() } })
    expect(JSON.parse(scoped.body).requestContext.authorizer.jwt.scopes).toEqual(['read', 'write'])
    expect((await bearing(token({ aud: undefined, client_id: audience }))).status).toBe(200)
    expect(asked).toBe(2)
  })

  test('refuses a request without a token, a token that is not good, and one without the scope', async () => {
    const none = await ask('/guarded')
    expect(none).toMatchObject({ status: 401, body: '{"message":"Unauthorized"}' })
    expect(none.headers['www-authenticate']).toBe('Bearer')
    const now = Date.now() / 1000
    const bad = [
      'nonsense',
      token({ exp: now - 1 }),
      token({ nbf: now + 60 }),
      token({ iss: 'https://elsewhere.example' }),
      token({ aud: ['others'] }),
      token({}, { key: stranger.privateKey }),
      token({}, { kid: 'k2' }),
      token({}, { alg: 'HS256' }),
      token({}, { alg: 'none' }),
    ]
    for (const one of bad) {
      const reply = await bearing(one)
      expect(reply).toMatchObject({ status: 401, body: '{"message":"Unauthorized"}' })
      expect(reply.headers['www-authenticate']).toContain('error="invalid_token"')
    }
    const admin = await ask('/admin', { headers: { authorization: token() } })
    expect(admin).toMatchObject({ status: 403, body: '{"message":"Forbidden"}' })
    expect(admin.headers['www-authenticate']).toContain('Bearer scope="admin" error="insufficient_scope"')
  })

  test('keeps its authorizer, and none that is not there', async () => {
    const request = { apiId, target, routeKey: 'GET /never', authorizationType: 'JWT', authorizerId: 'absent' }
    await expect(call('apigateway', 'CreateRoute', request)).rejects.toThrow('requires a valid JWT authorizer')
    await expect(call('apigateway', 'DeleteAuthorizer', { apiId, authorizerId })).rejects.toThrow(
      'is referenced in route',
    )
    const jwtConfiguration = { audience: ['others'], issuer }
    await call('apigateway', 'UpdateAuthorizer', { apiId, authorizerId, jwtConfiguration })
    expect((await bearing(token())).status).toBe(401)
    expect((await bearing(token({ aud: 'others' }))).status).toBe(200)
  })
})

describe('an open route', () => {
  test('answers as the function says', async () => {
    expect(await ask('/open/a/b?how=plain')).toMatchObject({
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: '{"plain":true}',
    })
    const full = await ask('/open/x?how=full')
    expect(full).toMatchObject({ status: 201, headers: { 'x-a': '1', 'set-cookie': 'b=2' }, body: 'bytes' })
    const binary = await ask('/open/a/b', { headers: { 'content-type': 'application/octet-stream' }, body: 'abc' })
    expect(JSON.parse(binary.body)).toMatchObject({
      pathParameters: { proxy: 'a/b' },
      body: 'YWJj',
      isBase64Encoded: true,
    })
  })

  test('hides errors, ends slow answers, refuses what is unknown or too large', async () => {
    const broken = { status: 500, body: '{"message":"Internal Server Error"}' }
    expect(await ask('/open/x?how=throw')).toMatchObject(broken)
    expect(await ask('/open/x?how=bad')).toMatchObject(broken)
    expect(await ask('/slow?how=slow')).toMatchObject({ status: 503, body: '{"message":"Service Unavailable"}' })
    expect(await ask('/open/x', { headers: { 'x-long': 'x'.repeat(10_240) } })).toMatchObject({ status: 431 })
    expect(await ask('/nothing')).toMatchObject({ status: 404, body: '{"message":"Not Found"}' })
    expect(await ask('/open/%zz')).toMatchObject({ status: 404 })
    const large = new Uint8Array(10 * 1024 * 1024 + 1)
    expect(await ask('/open/x', { body: large })).toMatchObject({ status: 413 })
    expect(await ask('/open/x', { body: new Blob([large]).stream() })).toMatchObject({ status: 413 })
  })

  test('takes what fits into an event of its function, in base64 four bytes for three', async () => {
    const headers = { 'content-type': 'application/octet-stream' }
    const fits = await ask('/open/x', { headers, body: new Uint8Array(4 * 1024 * 1024) })
    expect(fits.status).toBe(200)
    expect(JSON.parse(fits.body).body).toHaveLength(Math.ceil((4 * 1024 * 1024) / 3) * 4)
    const tooLarge = { status: 413, body: '{"message":"Request Entity Too Large"}' }
    expect(await ask('/open/x', { headers, body: new Uint8Array(5 * 1024 * 1024) })).toMatchObject(tooLarge)
  })

  test('gives its function 30 s, and none more', async () => {
    const { clock } = running.platform
    const log = join(stateDir, 'logs', 'lambda', 'predictor.log')
    let replied = false
    const reply = ask('/open/x?how=endless').finally(() => (replied = true))
    while (!readFileSync(log, 'utf8').includes('endless')) await wait(20)
    await clock.advance?.(29_000)
    await wait(100)
    expect(replied).toBe(false)
    await clock.advance?.(1000)
    expect(await reply).toMatchObject({ status: 503, body: '{"message":"Service Unavailable"}' })
    const longer = call('apigateway', 'CreateIntegration', { ...integration, timeoutInMillis: 30_001 })
    await expect(longer).rejects.toThrow('less than or equal to 30000')
  })
})

test('an API answers on its old port after a restart', async () => {
  await running.close()
  running = await open()
  const { items } = await call<{ items: { apiEndpoint: string }[] }>('apigateway', 'GetApis', {})
  expect(items.map(({ apiEndpoint }) => apiEndpoint)).toEqual([url])
  expect(await ask('/open/x?how=plain')).toMatchObject({ status: 200 })
  await call('apigateway', 'DeleteApi', { apiId })
  await expect(ask('/open/x')).rejects.toThrow('fetch failed')
})

test('the most exact route wins', () => {
  const routes = ['$default', 'ANY /{proxy+}', 'GET /a/{x}', 'ANY /a/b', 'GET /a/b', 'GET /a/{x}/c'].map(
    (routeKey) => ({ routeKey }),
  )
  const found = (method: string, path: string) => matchRoute(routes, method, path)?.route.routeKey
  expect(found('GET', '/a/b')).toBe('GET /a/b')
  expect(found('POST', '/a/b')).toBe('ANY /a/b')
  expect(found('GET', '/a/z')).toBe('GET /a/{x}')
  expect(found('GET', '/a/z/c')).toBe('GET /a/{x}/c')
  expect(found('GET', '/a/z/d')).toBe('ANY /{proxy+}')
  expect(matchRoute([{ routeKey: 'GET /a' }], 'GET', '/b')).toBeUndefined()
})
