import { CreateFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda'
import {
  GetExecutionHistoryCommand,
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn'
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { strToU8, zipSync } from 'fflate'
import { setTimeout as sleep } from 'node:timers/promises'
import * as z from 'zod'
import type { Principal } from '../../core/operation.ts'
import { defineOperation } from '../../core/operation.ts'
import { until } from '../../core/until.ts'
import * as eventsService from '../events/index.ts'
import * as lambdaService from '../lambda/index.ts'
import * as sqsService from '../sqs/index.ts'
import { roleArn, statesPlatform } from './testing.ts'
import type { StatesPlatform } from './testing.ts'

/** Echoes; fails as it is told to. */
const source = `
exports.handler = async (event) => {
  if (event?.exit) process.exit(1)
  if (event?.fail) throw Object.assign(new Error(event.fail.message), { name: event.fail.name })
  return event?.text ?? event
}`
const published: { principal: Principal; input: unknown }[] = []
const publish = defineOperation({
  service: 'sns',
  name: 'Publish',
  input: z.looseObject({}),
  needs: () => [],
  run: (input, { principal }) => {
    published.push({ principal, input })
    return { MessageId: 'm-1' }
  },
})

let platform: StatesPlatform
let sqs: SQSClient
let QueueUrl: string | undefined
const functionArn = 'arn:aws:lambda:us-east-1:000000000000:function:echo'

beforeAll(async () => {
  platform = await statesPlatform([lambdaService, sqsService, eventsService, { operations: [publish] }])
  sqs = new SQSClient(platform.client)
  ;({ QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'tokens' })))
  await new LambdaClient(platform.client).send(
    new CreateFunctionCommand({
      FunctionName: 'echo',
      Role: roleArn,
      Handler: 'index.handler',
      Runtime: 'nodejs24.x',
      Code: { ZipFile: zipSync({ 'index.js': strToU8(source) }) },
      Timeout: 10,
    }),
  )
})
afterAll(() => platform.end())

const task = (resource: string, fields: object) => ({
  T: { Type: 'Task', Resource: `arn:aws:states:::${resource}`, End: true, ...fields },
})
const invoke = (Payload: unknown, fields: object = {}) =>
  platform.run(task('lambda:invoke', { Arguments: { FunctionName: 'echo', Payload }, ...fields }))
const typesOf = async (executionArn: string | undefined) => {
  const { events = [] } = await platform.sfn.send(new GetExecutionHistoryCommand({ executionArn }))
  return events.map(({ type }) => type)
}
const fault = (rule: object) =>
  fetch(`${platform.platform.url}/_hopline/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(rule),
  })

describe('lambda:invoke', () => {
  it('gives what the function returned as JSON, with the version and what HTTP said', async () => {
    const { output, executionArn } = await invoke({ a: [1, 'x'] })
    expect(output).toMatchObject({
      ExecutedVersion: '$LATEST',
      Payload: { a: [1, 'x'] },
      StatusCode: 200,
      SdkHttpMetadata: { HttpStatusCode: 200 },
      SdkResponseMetadata: { RequestId: expect.any(String) },
    })
    expect(await typesOf(executionArn)).toEqual([
      'ExecutionStarted',
      'TaskStateEntered',
      'TaskScheduled',
      'TaskStarted',
      'TaskSucceeded',
      'TaskStateExited',
      'ExecutionSucceeded',
    ])
  })

  it('fails with the name of the function’s error, its cause as JSON', async () => {
    const { error, cause = '' } = await invoke({ fail: { name: 'WrongColumns', message: 'no delay' } })
    expect(error).toBe('WrongColumns')
    expect(JSON.parse(cause)).toMatchObject({ errorType: 'WrongColumns', errorMessage: 'no delay' })
  })

  it('is caught by that name', async () => {
    const { output } = await platform.run({
      ...task('lambda:invoke', {
        Arguments: { FunctionName: functionArn, Payload: { fail: { name: 'Odd', message: 'x' } } },
        Catch: [{ ErrorEquals: ['Odd'], Output: '{% $parse($states.errorOutput.Cause).errorMessage %}', Next: 'Told' }],
      }),
      Told: { Type: 'Pass', End: true },
    })
    expect(output).toBe('x')
  })

  it('fails when the function’s process ends', async () => {
    expect(await invoke({ exit: true })).toMatchObject({ status: 'FAILED', error: 'Runtime.ExitError' })
  })

  it('fails by Lambda’s own errors', async () => {
    const { error, cause } = await platform.run(task('lambda:invoke', { Arguments: { FunctionName: 'nobody' } }))
    expect(error).toBe('Lambda.ResourceNotFoundException')
    expect(cause).toMatch(
      /^Function not found: .*:function:nobody:\$LATEST \(Service: AWSLambda; Status Code: 404; Error Code: ResourceNotFoundException; Request ID: .*; Proxy: null\)$/,
    )
  })

  it.each([
    [{ error: { code: 'TooManyRequestsException', status: 429 } }, 'Lambda.TooManyRequestsException'],
    [{ error: { code: 'ServiceException', status: 500 } }, 'Lambda.ServiceException'],
    [{ error: { code: 'AccessDeniedException', status: 403 } }, 'Lambda.AWSLambdaException'],
    [{ disconnect: 'before' }, 'Lambda.SdkClientException'],
  ])('names %j %s', async (what, name) => {
    await fault({ service: 'lambda', operation: 'Invoke', times: 1, ...what })
    expect(await invoke({})).toMatchObject({ status: 'FAILED', error: name })
    expect(await invoke({})).toMatchObject({ status: 'SUCCEEDED' })
  })

  it('needs arguments that are an object', async () => {
    const { error } = await platform.run(task('lambda:invoke', { Arguments: "{% 'echo' %}" }))
    expect(error).toBe('States.Runtime')
  })
})

it('a function’s ARN as resource gets the input and gives what the function returned', async () => {
  const States = { F: { Type: 'Task', Resource: functionArn, End: true } }
  expect(await platform.run(States, { a: 1 })).toMatchObject({ status: 'SUCCEEDED', output: { a: 1 } })
  const failed = await platform.run(States, { fail: { name: 'Odd', message: 'x' } })
  expect(failed.error).toBe('Odd')
  expect(await typesOf(failed.executionArn)).toContain('LambdaFunctionFailed')
})

describe('.waitForTaskToken', () => {
  const waiting = (fields: object = {}) =>
    task('sqs:sendMessage.waitForTaskToken', {
      Arguments: { QueueUrl, MessageBody: { token: '{% $states.context.Task.Token %}' } },
      ...fields,
    })
  const begin = async (fields: object = {}) => {
    const executionArn = await platform.start(await platform.create(waiting(fields)))
    const receive = () => sqs.send(new ReceiveMessageCommand({ QueueUrl, VisibilityTimeout: 600 }))
    const { Messages = [] } = await until(receive, ({ Messages: got }) => got !== undefined)
    const { token } = z.object({ token: z.string() }).parse(JSON.parse(Messages[0]?.Body ?? ''))
    return { executionArn, taskToken: token }
  }
  const succeed = (taskToken: string, output = '{}') =>
    platform.sfn.send(new SendTaskSuccessCommand({ taskToken, output }))

  it('waits for the output that someone sends', async () => {
    const { executionArn, taskToken } = await begin()
    expect((await platform.describe(executionArn)).status).toBe('RUNNING')
    await succeed(taskToken, '{"approved":true}')
    expect(await platform.ended(executionArn)).toMatchObject({ status: 'SUCCEEDED', output: '{"approved":true}' })
    expect(await typesOf(executionArn)).toContain('TaskSubmitted')
  })

  it('fails with the error that someone sends', async () => {
    const { executionArn, taskToken } = await begin()
    await platform.sfn.send(new SendTaskFailureCommand({ taskToken, error: 'Rejected', cause: 'too slow' }))
    expect(await platform.ended(executionArn)).toMatchObject({ status: 'FAILED', error: 'Rejected', cause: 'too slow' })
  })

  it('lives as long as heartbeats come', async () => {
    const { executionArn, taskToken } = await begin({ HeartbeatSeconds: 1 })
    await sleep(700)
    await platform.sfn.send(new SendTaskHeartbeatCommand({ taskToken }))
    await sleep(500)
    expect((await platform.describe(executionArn)).status).toBe('RUNNING')
    expect(await platform.ended(executionArn)).toMatchObject({ status: 'FAILED', error: 'States.Timeout' })
    await expect(succeed(taskToken)).rejects.toMatchObject({ name: 'TaskTimedOut' })
  })

  it('takes a token once, and only one that it gave out', async () => {
    const { executionArn, taskToken } = await begin()
    await expect(succeed(taskToken, '{')).rejects.toMatchObject({ name: 'InvalidOutput' })
    await succeed(taskToken)
    await platform.ended(executionArn)
    await expect(succeed(taskToken)).rejects.toMatchObject({ name: 'TaskTimedOut' })
    await expect(succeed('made up')).rejects.toMatchObject({ name: 'InvalidToken' })
    await expect(succeed('00000000-0000-4000-8000-000000000000')).rejects.toMatchObject({ name: 'TaskDoesNotExist' })
  })

  it('waits no longer once the execution is stopped', async () => {
    const { executionArn, taskToken } = await begin()
    await platform.sfn.send(new StopExecutionCommand({ executionArn }))
    await expect(succeed(taskToken)).rejects.toMatchObject({ name: 'TaskTimedOut' })
  })

  it('fails at once when the request does', async () => {
    const url = `${QueueUrl}-gone`
    const { error, cause } = await platform.run(waiting({ Arguments: { QueueUrl: url, MessageBody: 'x' } }))
    expect(error).toBe('SQS.AmazonSQSException')
    expect(cause).toContain('Service: AmazonSQS; Status Code: 400;')
  })
})

describe('states:startExecution', () => {
  const nested = (resource: string, StateMachineArn: string, fields: object = {}) =>
    task(`states:${resource}`, { Arguments: { StateMachineArn, Input: { a: 1 }, Name: 'nested' }, ...fields })
  const double = { A: { Type: 'Pass', Output: { b: '{% $states.input.a * 2 %}' }, End: true } }
  const wait = { W: { Type: 'Wait', Seconds: 60, End: true } }

  it('starts another machine and goes on', async () => {
    const machine = await platform.create(wait)
    const { output } = await platform.run(nested('startExecution', machine))
    expect(output).toMatchObject({ ExecutionArn: expect.stringMatching(/:nested$/), StartDate: expect.any(Number) })
    expect((await platform.describe(output.ExecutionArn)).status).toBe('RUNNING')
    const again = await platform.run(
      nested('startExecution', machine, { Arguments: { StateMachineArn: machine, Name: 'nested' } }),
    )
    expect(again.error).toBe('StepFunctions.ExecutionAlreadyExistsException')
  })

  it.each([
    ['startExecution.sync', { Input: '{"a":1}', Output: '{"b":2}' }],
    ['startExecution.sync:2', { Input: { a: 1 }, Output: { b: 2 } }],
  ])('%s waits for its end', async (resource, shown) => {
    const { output, executionArn } = await platform.run(nested(resource, await platform.create(double)))
    expect(output).toMatchObject({ Name: 'nested', Status: 'SUCCEEDED', StopDate: expect.any(Number), ...shown })
    expect(await typesOf(executionArn)).toContain('TaskSubmitted')
  })

  it('fails with the description of an execution that failed', async () => {
    const machine = await platform.create({ F: { Type: 'Fail', Error: 'Bad', Cause: 'why' } })
    const { error, cause = '' } = await platform.run(nested('startExecution.sync:2', machine))
    expect(error).toBe('States.TaskFailed')
    expect(JSON.parse(cause)).toMatchObject({ Status: 'FAILED', Error: 'Bad', Cause: 'why', Input: '{"a":1}' })
  })

  it('stops the other execution with itself', async () => {
    const machine = await platform.create(wait)
    const executionArn = await platform.start(await platform.create(nested('startExecution.sync', machine)))
    const inner = `${machine.replace(':stateMachine:', ':execution:')}:nested`
    await until(
      () => platform.describe(inner).catch(() => undefined),
      (found) => found !== undefined,
    )
    await platform.sfn.send(new StopExecutionCommand({ executionArn }))
    expect((await platform.ended(inner)).status).toBe('ABORTED')
  })
})

describe('other requests', () => {
  it('are made as a session of the machine’s role', async () => {
    const { output } = await platform.run(task('sns:publish', { Arguments: { TopicArn: 't', Message: { a: 1 } } }))
    expect(output).toMatchObject({ MessageId: 'm-1', SdkHttpMetadata: { HttpStatusCode: 200 } })
    expect(published).toEqual([
      {
        input: { TopicArn: 't', Message: '{"a":1}' },
        principal: {
          kind: 'role',
          roleArn,
          arn: expect.stringMatching(/^arn:aws:sts::000000000000:assumed-role\/machine\/\w{32}$/),
        },
      },
    ])
  })

  it('events:putEvents names the execution; an entry that is refused fails the state', async () => {
    const put = (entry: object) => platform.run(task('events:putEvents', { Arguments: { Entries: [entry] } }))
    const { output } = await put({ Source: 'hopline', DetailType: 'Told', Detail: { a: 1 } })
    expect(output).toMatchObject({ FailedEntryCount: 0, Entries: [{ EventId: expect.any(String) }] })
    expect(await put({ Source: 'hopline', DetailType: 'Told', Detail: 'no JSON' })).toMatchObject({
      status: 'FAILED',
      error: 'EventBridge.FailedEntry',
    })
  })

  it('aws-sdk speaks in upper case and ISO times', async () => {
    const machine = await platform.create({ S: { Type: 'Succeed' } })
    const { output } = await platform.run(
      task('aws-sdk:sfn:describeStateMachine', { Arguments: { StateMachineArn: machine } }),
    )
    expect(output).toMatchObject({
      StateMachineArn: machine,
      CreationDate: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      LoggingConfiguration: { Level: 'OFF', IncludeExecutionData: false },
    })
    expect(output).not.toHaveProperty('SdkHttpMetadata')
  })

  it('aws-sdk names errors as version 2 of the SDK for Java does', async () => {
    const ExecutionArn = 'arn:aws:states:us-east-1:000000000000:execution:none:none'
    const { error, cause } = await platform.run(task('aws-sdk:sfn:describeExecution', { Arguments: { ExecutionArn } }))
    expect(error).toBe('Sfn.ExecutionDoesNotExistException')
    expect(cause).toMatch(
      /^Execution Does Not Exist: '.*' \(Service: Sfn, Status Code: 400, Request ID: .*\) \(SDK Attempt Count: 1\)$/,
    )
    const unmodelled = await platform.run(task('aws-sdk:sfn:describeExecution', { Arguments: { Odd: 1 } }))
    expect(unmodelled.error).toBe('Sfn.SfnException')
  })
})
