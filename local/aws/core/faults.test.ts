import { CreateQueueCommand, ReceiveMessageCommand, SQSClient, SendMessageCommand } from '@aws-sdk/client-sqs'
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3'
import { CreateFunctionCommand, InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { strToU8, zipSync } from 'fflate'
import * as lambdaService from '../services/lambda/index.ts'
import * as s3Service from '../services/s3/index.ts'
import * as sqsService from '../services/sqs/index.ts'
import { controlOf } from './control-client.ts'
import type { BusEvent } from './service.ts'
import { capableRole, temporaryPlatform } from './testing.ts'
import { until } from './until.ts'

const told: BusEvent[] = []
let local: Awaited<ReturnType<typeof temporaryPlatform>>
let control: ReturnType<typeof controlOf>
let sqs: SQSClient
let impatient: SQSClient
let QueueUrl: string | undefined

const createQueue = async (QueueName: string) => {
  ;({ QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName })))
}

beforeAll(async () => {
  const recorder = { operations: [], receive: (event: BusEvent) => void told.push(event) }
  local = await temporaryPlatform({ services: [sqsService, s3Service, lambdaService, recorder] })
  control = controlOf(local.platform.url)
  sqs = new SQSClient(local.client)
  impatient = new SQSClient({ ...local.client, maxAttempts: 1 })
  await createQueue('all')
})
afterEach(() => control.noFaults())
afterAll(() => local.end())

const send = (MessageBody: string, client = impatient) => client.send(new SendMessageCommand({ QueueUrl, MessageBody }))
const received = async () => {
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }))
  return Messages.map(({ Body }) => Body)
}
const nameOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'done',
    (error: Error) => error.name,
  )

test('a service throttles in its own words for as many calls as asked for, after those that may pass', async () => {
  await control.fault({ service: 'sqs', operation: 'SendMessage', throttle: true, skip: 1, times: 2 })
  await send('first')
  expect(await nameOf(send('second'))).toBe('RequestThrottled')
  await send('third', sqs) // the SDK tries again by itself
  expect(await received()).toEqual(['first', 'third'])
  await control.fault({ service: 's3', throttle: true, times: 1 })
  const s3 = new S3Client({ ...local.client, maxAttempts: 1 })
  expect(await nameOf(s3.send(new ListBucketsCommand({})))).toBe('SlowDown')
  expect(await control.faults()).toEqual([])
})

test('the same seed hits the same calls', async () => {
  const run = async () => {
    const error = { code: 'InternalFailure', status: 500 }
    await control.fault({ service: 'sqs', operation: 'SendMessage', error, probability: 0.5, seed: 7 })
    const outcomes: string[] = []
    for (let call = 0; call < 12; call++) outcomes.push(await nameOf(send('x')))
    await control.noFaults()
    await received()
    await received()
    return outcomes
  }
  const first = await run()
  expect(new Set(first)).toEqual(new Set(['done', 'InternalFailure']))
  expect(await run()).toEqual(first)
})

test('a reply is lost before or after the work; a call comes twice; one overtakes another', async () => {
  await control.fault({ operation: 'SendMessage', input: 'never', disconnect: 'before' })
  await control.fault({ operation: 'SendMessage', input: 'lost', disconnect: 'after' })
  await control.fault({ operation: 'SendMessage', input: 'twice', twice: true })
  for (const body of ['never', 'lost', 'twice']) await nameOf(send(body))
  expect(await received()).toEqual(['lost', 'twice', 'twice'])
  await control.noFaults()
  await control.fault({ operation: 'SendMessage', times: 1, overtakenWithinMs: 60_000 })
  const slow = send('a')
  await until(control.faults, (rules) => Array.isArray(rules) && rules.length === 0)
  await send('b')
  await slow
  expect(await received()).toEqual(['b', 'a'])
})

test('an event of a service is lost, comes twice, or after the next one', async () => {
  const emit = (name: string) =>
    local.platform.emit({ source: 'aws.s3', detailType: 'Object Created', resources: [], detail: { name } })
  const deliver = { service: 'events', operation: 'Deliver', detailType: 'Object Created' }
  await control.fault({ ...deliver, input: 'gone', disconnect: 'before' })
  await control.fault({ ...deliver, input: 'double', twice: true })
  await control.fault({ ...deliver, input: 'late', overtakenWithinMs: 60_000, times: 1 })
  for (const name of ['gone', 'double', 'late', 'late too', 'other']) emit(name)
  const names = () => told.flatMap(({ detail }) => (detail['name'] === undefined ? [] : [detail['name']]))
  expect(await until(names, (all) => all.length === 5)).toEqual(['double', 'late too', 'other', 'double', 'late'])
  expect(new Set(told.filter(({ detail }) => detail['name'] === 'double').map(({ id }) => id)).size).toBe(1)
})

test('a function dies when it has said a word, when it has worked for a time, or when a call of its own is done', async () => {
  const lambda = new LambdaClient({ ...local.client, maxAttempts: 1 })
  const Role = capableRole(local.platform, 'victim', 'lambda.amazonaws.com')
  const handler =
    'exports.handler = async () => { console.log("half"); await new Promise((done) => setTimeout(done, 10_000)) }'
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName: 'victim',
      Role,
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Timeout: 20,
      Code: { ZipFile: zipSync({ 'index.js': strToU8(handler) }) },
    }),
  )
  const invoke = async () => {
    const { FunctionError, Payload } = await lambda.send(new InvokeCommand({ FunctionName: 'victim' }))
    return [FunctionError, JSON.parse(Buffer.from(Payload ?? []).toString()).errorType]
  }
  const dead = ['Unhandled', 'Runtime.ExitError']
  await control.kill({ kind: 'lambda', name: 'victim', line: 'half' })
  expect(await invoke()).toEqual(dead)
  await control.kill({ kind: 'lambda', name: 'victim', afterMs: 200 })
  expect(await invoke()).toEqual(dead)

  await createQueue('from-victim')
  const credentials = local.platform.credentialsFor(Role, 'victim')
  const own = new SQSClient({ ...local.client, credentials, maxAttempts: 1 })
  await control.fault({ service: 'sqs', operation: 'SendMessage', kill: 'after' })
  const working = invoke()
  const lost = async () => nameOf(own.send(new SendMessageCommand({ QueueUrl, MessageBody: 'done' })))
  expect(await lost()).not.toBe('done')
  expect(await received()).toEqual(['done'])
  let failed: unknown
  void working.then((outcome) => (failed = outcome))
  await until(
    async () => {
      await lost() // until the function is at work
      return failed
    },
    (outcome) => outcome !== undefined,
  )
  expect(failed).toEqual(dead)
  expect(await control.kills()).toEqual([])
})

test('the clock goes forward on request, from one sleeper to the next', async () => {
  await createQueue('delayed')
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'tomorrow', DelaySeconds: 900 }))
  const { clock } = local.platform
  const woken: number[] = []
  const since = clock.now()
  const wake = async (ms: number) => {
    await clock.sleep(ms)
    woken.push(Math.round((clock.now() - since) / 60_000))
    if (woken.length < 4) await wake(60_000)
  }
  const waking = wake(60_000)
  expect(await received()).toEqual([])
  await control.advance(900_000)
  await waking
  expect(woken).toEqual([1, 2, 3, 4])
  expect(await received()).toEqual(['tomorrow'])
})

test('what the control API does not know is refused, and so is a page in a browser', async () => {
  await expect(control.fault({ opration: 'x' })).rejects.toThrow("Unknown member 'opration'")
  await expect(control.kill({ kind: 'queue' })).rejects.toThrow("'kind'")
  const headers = { origin: 'https://example.com', 'content-type': 'application/json' }
  expect((await fetch(`${local.platform.url}/_hopline/faults`, { method: 'POST', headers, body: '{}' })).status).toBe(
    403,
  )
  expect((await fetch(`${local.platform.url}/_hopline/clock`, { method: 'DELETE' })).status).toBe(405)
})
