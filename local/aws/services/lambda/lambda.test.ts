import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import {
  CreateFunctionCommand,
  GetAccountSettingsCommand,
  GetFunctionCommand,
  GetFunctionConcurrencyCommand,
  GetPolicyCommand,
  InvokeCommand,
  LambdaClient,
  ListVersionsByFunctionCommand,
  PublishVersionCommand,
  PutFunctionConcurrencyCommand,
  PutFunctionEventInvokeConfigCommand,
  AddPermissionCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
  DeleteFunctionCommand,
} from '@aws-sdk/client-lambda'
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam'
import { strToU8, zipSync } from 'fflate'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import * as z from 'zod'
import type { RunningPlatform } from '../../core/create-platform.ts'
import { createPlatform } from '../../core/create-platform.ts'
import { capableRole } from '../../core/testing.ts'
import { defineOperation } from '../../core/operation.ts'
import { until } from '../../core/until.ts'
import * as lambda from './index.ts'

const Role = 'arn:aws:iam::000000000000:role/work'
const stateDir = mkdtempSync(join(tmpdir(), 'hopline-lambda-'))
const sent: { QueueUrl: string; MessageBody: string }[] = []
const sendMessage = defineOperation({
  service: 'sqs',
  name: 'SendMessage',
  input: z.looseObject({ QueueUrl: z.string(), MessageBody: z.string() }),
  needs: () => [],
  run: (message) => {
    sent.push(message)
    return {}
  },
})

const others: Record<string, unknown>[] = []
const kept = (service: string, name: string) =>
  defineOperation({
    service,
    name,
    input: z.looseObject({}),
    needs: () => [],
    run: (input) => {
      others.push(input)
      return {}
    },
  })

const open = () =>
  createPlatform({
    stateDir,
    services: [lambda, { operations: [sendMessage, kept('sns', 'Publish'), kept('events', 'PutEvents')] }],
    pace: 2000,
  })
const clientOf = ({ platform, accessKeyId, secretAccessKey }: RunningPlatform) =>
  new LambdaClient({
    endpoint: platform.url,
    region: platform.region,
    credentials: { accessKeyId, secretAccessKey },
    maxAttempts: 1,
  })
let running: RunningPlatform
let client: LambdaClient

const zip = (source: string, name = 'index.js') => zipSync({ [name]: strToU8(source) })
const create = (FunctionName: string, source: string, more: object = {}) =>
  client.send(
    new CreateFunctionCommand({
      FunctionName,
      Role,
      Handler: 'index.handler',
      Runtime: 'nodejs24.x',
      Code: { ZipFile: zip(source) },
      Timeout: 10,
      MemorySize: 128,
      ...more,
    }),
  )
const invoke = async (FunctionName: string, event: unknown = {}, more: object = {}) => {
  const reply = await client.send(new InvokeCommand({ FunctionName, Payload: JSON.stringify(event), ...more }))
  const text = reply.Payload?.transformToString() ?? ''
  return { ...reply, result: text === '' ? undefined : (JSON.parse(text) as unknown) }
}
const ready = z.object({
  endpoint: z.string(),
  region: z.string(),
  accessKeyId: z.string(),
  secretAccessKey: z.string(),
})
const existsPid = (pid: number) => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
const logTail = ({ LogResult = '' }: { LogResult?: string | undefined }) => Buffer.from(LogResult, 'base64').toString()

beforeAll(async () => {
  running = await open()
  capableRole(running.platform, 'work', 'lambda.amazonaws.com')
  client = clientOf(running)
})
afterAll(async () => {
  await running.close()
  rmSync(stateDir, { recursive: true, force: true })
})

describe('a function', () => {
  test('sees its own environment, its role, its context, and stays warm', async () => {
    await create(
      'seen',
      `let calls = 0
      exports.handler = async (event, context) => {
        console.log('hello', event)
        return { event, calls: ++calls, env: process.env, left: context.getRemainingTimeInMillis(), arn: context.invokedFunctionArn, argv: process.argv.length }
      }`,
      { Environment: { Variables: { STAGE: 'dev' } } },
    )
    const first = await invoke('seen', { a: 1 }, { LogType: 'Tail' })
    expect(first.FunctionError).toBeUndefined()
    expect(first.result).toMatchObject({
      event: { a: 1 },
      calls: 1,
      arn: 'arn:aws:lambda:us-east-1:000000000000:function:seen',
      env: {
        STAGE: 'dev',
        AWS_REGION: 'us-east-1',
        AWS_ENDPOINT_URL: running.platform.url,
        AWS_LAMBDA_FUNCTION_NAME: 'seen',
        AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
        AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
        _HANDLER: 'index.handler',
      },
    })
    const { env, left } = first.result as { env: Record<string, string>; left: number }
    expect(env).not.toHaveProperty('NODE_OPTIONS')
    expect(env).not.toHaveProperty('NODE_CHANNEL_FD')
    expect(left).toBeGreaterThan(9000)
    const tail = logTail(first)
    expect(tail).toMatch(/^START RequestId: [\s\S]*INFO\thello \{ a: 1 \}\nEND RequestId: [\s\S]*REPORT/)
    expect(tail.split('\n').at(-2)).toMatch(
      /^REPORT RequestId: \S+\tDuration: [\d.]+ ms\tBilled Duration: \d+ ms\tMemory Size: 128 MB\tMax Memory Used: \d+ MB\tInit Duration: [\d.]+ ms\t$/,
    )
    const second = await invoke('seen', {}, { LogType: 'Tail' })
    expect(second.result).toMatchObject({ calls: 2 })
    expect(logTail(second)).not.toContain('Init Duration')
    const log = join(stateDir, 'logs', 'lambda', 'seen.log')
    await until(
      () => readFileSync(log, 'utf8'),
      (text) => text.includes('hello { a: 1 }'),
    )
  })

  test('runs new code and new configuration from the next call on', async () => {
    await create('changed', 'exports.handler = async () => `one ${process.env.WORD}`')
    expect((await invoke('changed')).result).toBe('one undefined')
    await client.send(
      new UpdateFunctionCodeCommand({
        FunctionName: 'changed',
        ZipFile: zip('export const handler = async () => `two ${process.env.WORD}`', 'index.mjs'),
      }),
    )
    await client.send(
      new UpdateFunctionConfigurationCommand({ FunctionName: 'changed', Environment: { Variables: { WORD: 'w' } } }),
    )
    expect((await invoke('changed')).result).toBe('two w')
    const published = await client.send(new PublishVersionCommand({ FunctionName: 'changed' }))
    expect(published.FunctionArn).toMatch(/:function:changed:1$/)
    expect((await client.send(new PublishVersionCommand({ FunctionName: 'changed' }))).Version).toBe('1')
    const { Versions } = await client.send(new ListVersionsByFunctionCommand({ FunctionName: 'changed' }))
    expect(Versions?.map(({ Version }) => Version)).toEqual(['$LATEST', '1'])
    await client.send(new DeleteFunctionCommand({ FunctionName: 'changed' }))
    await expect(client.send(new GetFunctionCommand({ FunctionName: 'changed' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      $metadata: { httpStatusCode: 404 },
    })
  })

  test('is refused when its zip leaves its folder, or its input is wrong', async () => {
    const escape = create('escape', '', { Code: { ZipFile: zip('', '../out.js') } })
    await expect(escape).rejects.toMatchObject({ name: 'InvalidParameterValueException' })
    const noZip = create('nozip', '', { Code: { ZipFile: strToU8('not a zip') } })
    await expect(noZip).rejects.toThrow('Could not unzip uploaded file')
    const reserved = create('reserved', '', { Environment: { Variables: { AWS_REGION: 'x' } } })
    await expect(reserved).rejects.toThrow('reserved keys')
    await expect(invoke('absent')).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: expect.stringMatching(/^Function not found: arn:aws:lambda:.*:function:absent:\$LATEST$/),
    })
    const large = invoke('seen', 'x'.repeat(6_300_000))
    await expect(large).rejects.toMatchObject({ name: 'RequestTooLargeException' })
  })

  test('keeps a policy', async () => {
    await create('policied', 'exports.handler = async () => 1')
    const permission = { FunctionName: 'policied', StatementId: 's', Action: 'lambda:InvokeFunction' }
    await client.send(
      new AddPermissionCommand({ ...permission, Principal: 'events.amazonaws.com', SourceArn: 'arn:x' }),
    )
    const { Policy } = await client.send(new GetPolicyCommand({ FunctionName: 'policied' }))
    expect(JSON.parse(Policy ?? '')).toMatchObject({
      Statement: [{ Sid: 's', Principal: { Service: 'events.amazonaws.com' }, Condition: { ArnLike: {} } }],
    })
  })
})

describe('a sandbox', () => {
  test('is frozen between two calls', async () => {
    await create('ticking', 'let ticks = 0; setInterval(() => ticks++, 5); exports.handler = async () => ticks')
    const { result: before } = await invoke('ticking')
    await wait(400)
    expect(Number((await invoke('ticking')).result) - Number(before)).toBeLessThan(40)
  })

  test('does not outlive a platform that is killed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hopline-lambda-killed-'))
    const main = fileURLToPath(new URL('../../main.ts', import.meta.url))
    const child = spawn(process.execPath, [main, '--state', folder, '--port', '0', '--quiet'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string]
    const { endpoint, region, ...credentials } = ready.parse(JSON.parse(line))
    const mine = client
    client = new LambdaClient({ endpoint, region, credentials })
    const trust = { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }
    const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: trust })
    await new IAMClient({ endpoint, region, credentials }).send(
      new CreateRoleCommand({ RoleName: 'work', AssumeRolePolicyDocument }),
    )
    await create('whoami', 'exports.handler = async () => process.pid')
    const pid = Number((await invoke('whoami')).result)
    client = mine
    child.kill('SIGKILL')
    await expect(
      until(
        () => existsPid(pid),
        (exists) => !exists,
      ),
    ).resolves.toBe(false)
    rmSync(folder, { recursive: true, force: true })
  })
})

describe('a failure', () => {
  test('has the name of the error as its type, and leaves the sandbox warm', async () => {
    await create(
      'failing',
      `let calls = 0
      class Wrong extends Error { name = 'WrongColumns' }
      exports.handler = async ({ how }) => {
        calls += 1
        if (how === 'typed') throw new Wrong('column x')
        if (how === 'text') throw 'plain'
        if (how === 'exit') process.exit(7)
        if (how === 'late') { setImmediate(() => { throw new TypeError('late') }); await new Promise(() => {}) }
        if (how === 'rejected') { void Promise.reject(new Error('unseen')); await new Promise(() => {}) }
        if (how === 'large') return 'x'.repeat(6400000)
        if (how === 'bigint') return { a: 1n }
        return { calls, pid: process.pid }
      }`,
    )
    const typed = await invoke('failing', { how: 'typed' })
    expect(typed).toMatchObject({ FunctionError: 'Unhandled', StatusCode: 200 })
    expect(typed.result).toMatchObject({
      errorType: 'WrongColumns',
      errorMessage: 'column x',
      trace: expect.any(Array),
    })
    expect((await invoke('failing', { how: 'text' })).result).toMatchObject({
      errorType: 'string',
      errorMessage: 'plain',
    })
    expect((await invoke('failing', { how: 'large' })).result).toMatchObject({
      errorType: 'Function.ResponseSizeTooLarge',
    })
    expect((await invoke('failing', { how: 'bigint' })).result).toMatchObject({
      errorMessage: 'Unable to stringify response body',
    })
    expect((await invoke('failing')).result).toMatchObject({ calls: 5 })
    expect((await invoke('failing', { how: 'exit' })).result).toMatchObject({
      errorType: 'Runtime.ExitError',
      errorMessage: expect.stringMatching(/^RequestId: \S+ Error: Runtime exited with error: exit status 7$/),
    })
    expect((await invoke('failing')).result).toMatchObject({ calls: 1 })
    expect((await invoke('failing', { how: 'late' })).result).toMatchObject({
      errorType: 'TypeError',
      errorMessage: 'late',
    })
    expect((await invoke('failing', { how: 'rejected' })).result).toMatchObject({
      errorType: 'Runtime.UnhandledPromiseRejection',
      errorMessage: 'Error: unseen',
    })
  })

  test('to load names what is wrong with the bundle', async () => {
    await create('broken', 'exports.handler = (')
    expect((await invoke('broken')).result).toMatchObject({ errorType: 'Runtime.UserCodeSyntaxError' })
    await create('missing', 'exports.other = async () => 1')
    expect((await invoke('missing')).result).toMatchObject({
      errorType: 'Runtime.HandlerNotFound',
      errorMessage: 'index.handler is undefined or not exported',
    })
    await create('unbundled', "require('zod'); exports.handler = async () => 1")
    expect((await invoke('unbundled')).result).toMatchObject({
      errorType: 'Runtime.ImportModuleError',
      errorMessage: expect.stringContaining("Cannot find module 'zod'"),
    })
    await create('callback', 'exports.handler = (event, context, done) => done(null, 1)')
    expect((await invoke('callback')).result).toMatchObject({ errorType: 'Runtime.CallbackHandlerDeprecated' })
  })

  test('by time or memory ends the process', async () => {
    await create(
      'slow',
      'exports.handler = async ({ ms }) => { while (ms < 0); await new Promise((go) => setTimeout(go, ms)); return process.pid }',
      { Timeout: 1 },
    )
    const pid = (await invoke('slow', { ms: 1 })).result as number
    const late = await invoke('slow', { ms: -1 })
    expect(late).toMatchObject({ FunctionError: 'Unhandled' })
    expect(late.result).toEqual({
      errorType: 'Sandbox.Timedout',
      errorMessage: expect.stringMatching(/^RequestId: \S+ Error: Task timed out after 1\.00 seconds$/),
    })
    await until(
      () => existsPid(pid),
      (exists) => !exists,
    )
    await create(
      'greedy',
      'exports.handler = async () => { const all = []; for (;;) all.push(new Array(1e5).fill({})) }',
    )
    const greedy = await invoke('greedy', {}, { LogType: 'Tail' })
    // Where the system does not tell a process's memory, V8 ends it.
    expect(greedy.result).toMatchObject({ errorType: expect.stringMatching(/^Runtime\.(?:OutOfMemory|ExitError)$/) })
    expect(logTail(greedy)).toMatch(/\tStatus: error\tError Type: Runtime\.\w+\t\n$/)
  })
})

describe('several calls at once', () => {
  test('have a sandbox each, and one more than reserved is refused', async () => {
    await create(
      'wide',
      'exports.handler = async () => { await new Promise((go) => setTimeout(go, 300)); return process.pid }',
    )
    const pids = await Promise.all([invoke('wide'), invoke('wide'), invoke('wide')])
    expect(new Set(pids.map(({ result }) => result)).size).toBe(3)
    const reserve = (ReservedConcurrentExecutions: number) =>
      client.send(new PutFunctionConcurrencyCommand({ FunctionName: 'wide', ReservedConcurrentExecutions }))
    await expect(reserve(901)).rejects.toThrow('UnreservedConcurrentExecution below its minimum value of [100]')
    await reserve(1)
    const { AccountLimit } = await client.send(new GetAccountSettingsCommand({}))
    expect(AccountLimit).toMatchObject({ ConcurrentExecutions: 1000, UnreservedConcurrentExecutions: 999 })
    const kept = await client.send(new GetFunctionConcurrencyCommand({ FunctionName: 'wide' }))
    expect(kept.ReservedConcurrentExecutions).toBe(1)
    const [held, refused] = await Promise.allSettled([invoke('wide'), wait(50).then(() => invoke('wide'))])
    expect(held.status).toBe('fulfilled')
    expect(refused).toMatchObject({
      status: 'rejected',
      reason: { name: 'TooManyRequestsException', $metadata: { httpStatusCode: 429 } },
    })
  })
})

describe('an asynchronous invocation', () => {
  test('is tried twice more, then goes to its destination', async () => {
    await create('doomed', "exports.handler = async () => { throw new RangeError('no') }")
    await client.send(
      new PutFunctionEventInvokeConfigCommand({
        FunctionName: 'doomed',
        Qualifier: '$LATEST',
        DestinationConfig: { OnFailure: { Destination: 'arn:aws:sqs:us-east-1:000000000000:dead' } },
      }),
    )
    const accepted = await invoke('doomed', { key: 'k' }, { InvocationType: 'Event' })
    expect(accepted.StatusCode).toBe(202)
    await until(
      () => sent.length,
      (count) => count > 0,
    )
    expect(sent[0]?.QueueUrl).toBe(`${running.platform.url}/000000000000/dead`)
    expect(JSON.parse(sent[0]?.MessageBody ?? '')).toMatchObject({
      requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 3 },
      requestPayload: { key: 'k' },
      responseContext: { functionError: 'Unhandled' },
      responsePayload: { errorType: 'RangeError' },
    })
  })

  test('goes to the dead letters as it came, with what was wrong', async () => {
    const TargetArn = 'arn:aws:sqs:us-east-1:000000000000:letters'
    const fails = "exports.handler = async () => { throw new RangeError('never') }"
    await create('lost', fails, { DeadLetterConfig: { TargetArn } })
    sent.length = 0
    await invoke('lost', { key: 'k' }, { InvocationType: 'Event' })
    await until(
      () => sent.length,
      (count) => count > 0,
    )
    expect(sent).toMatchObject([
      {
        QueueUrl: `${running.platform.url}/000000000000/letters`,
        MessageBody: '{"key":"k"}',
        MessageAttributes: {
          RequestID: { DataType: 'String', StringValue: expect.stringMatching(/^[\da-f-]{36}$/) },
          ErrorCode: { DataType: 'Number', StringValue: '200' },
          ErrorMessage: { DataType: 'String', StringValue: 'never' },
        },
      },
    ])
  })

  test('that finds no room waits until it is too old', async () => {
    await create('full', 'exports.handler = async () => {}')
    await client.send(new PutFunctionConcurrencyCommand({ FunctionName: 'full', ReservedConcurrentExecutions: 0 }))
    const Destination = 'arn:aws:sqs:us-east-1:000000000000:aged'
    await client.send(
      new PutFunctionEventInvokeConfigCommand({
        FunctionName: 'full',
        MaximumEventAgeInSeconds: 60,
        DestinationConfig: { OnFailure: { Destination } },
      }),
    )
    sent.length = 0
    await invoke('full', {}, { InvocationType: 'Event' })
    await wait(50)
    expect(sent).toEqual([])
    await running.platform.clock.advance?.(61_000)
    await until(
      () => sent.length,
      (count) => count > 0,
    )
    const record = JSON.parse(sent[0]?.MessageBody ?? '')
    expect(record).toMatchObject({ requestContext: { condition: 'EventAgeExceeded' }, requestPayload: {} })
    expect(record).not.toHaveProperty('responseContext')
  })

  test('tells of its end to a topic, a function or a bus as well', async () => {
    await create('told', 'exports.handler = async (event) => event')
    const end = async (destination: string) => {
      const DestinationConfig = { OnSuccess: { Destination: `arn:aws:${destination}` } }
      await client.send(
        new PutFunctionEventInvokeConfigCommand({ FunctionName: 'told', Qualifier: '$LATEST', DestinationConfig }),
      )
      const before = others.length
      await invoke('told', { destination }, { InvocationType: 'Event' })
      await until(
        () => others.length,
        (count) => count > before,
      )
      return others.at(-1)
    }
    const topic = 'sns:us-east-1:000000000000:t'
    expect(await end(topic)).toMatchObject({ TopicArn: `arn:aws:${topic}`, Message: expect.stringContaining(topic) })
    const bus = 'events:us-east-1:000000000000:event-bus/default'
    expect(await end(bus)).toMatchObject({
      Entries: [
        { Source: 'lambda', DetailType: 'Lambda Function Invocation Result - Success', EventBusName: `arn:aws:${bus}` },
      ],
    })
    await expect(end('s3:::bucket')).rejects.toThrow('a destination is a queue, a topic, a function or a bus')
  })

  test('survives a restart of the platform, which leaves no process behind', async () => {
    await create('patient', 'exports.handler = async () => { await new Promise((go) => setTimeout(go, 60000)) }', {
      Timeout: 120,
    })
    await create('whoami', 'exports.handler = async () => process.pid')
    const pid = (await invoke('whoami')).result as number
    await invoke('patient', {}, { InvocationType: 'Event' })
    await wait(200)
    await running.close()
    expect(existsPid(pid)).toBe(false)
    running = await open()
    client = clientOf(running)
    const left = running.platform.store.table<{ name: string }>('lambda.asynchronous').list()
    expect(left.map(({ value }) => value.name)).toEqual(['patient'])
    await client.send(new DeleteFunctionCommand({ FunctionName: 'patient' }))
  })
})
