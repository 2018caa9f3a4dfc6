import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DescribeLogStreamsCommand,
  GetLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs'
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  ListExecutionsCommand,
  SFNClient,
  StartExecutionCommand,
  StartSyncExecutionCommand,
  ValidateStateMachineDefinitionCommand,
} from '@aws-sdk/client-sfn'
import type { LoggingConfiguration } from '@aws-sdk/client-sfn'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { until } from '../../core/until.ts'
import * as logsService from '../logs/index.ts'
import { definitionOf, roleArn, statesPlatform } from './testing.ts'
import type { StatesPlatform } from './testing.ts'

let platform: StatesPlatform
let sfn: SFNClient
let logs: CloudWatchLogsClient
const logGroupArn = 'arn:aws:logs:us-east-1:000000000000:log-group:/aws/vendedlogs/states/m:*'

beforeAll(async () => {
  platform = await statesPlatform([logsService])
  // This host has no `sync-` names.
  sfn = new SFNClient({ ...platform.client, maxAttempts: 1, disableHostPrefix: true })
  logs = new CloudWatchLogsClient(platform.client)
  await logs.send(new CreateLogGroupCommand({ logGroupName: '/aws/vendedlogs/states/m' }))
})
afterAll(() => platform.end())

let machines = 0
const create = async (States: Readonly<Record<string, object>>, more: object = {}, logging?: LoggingConfiguration) => {
  const made = await sfn.send(
    new CreateStateMachineCommand({
      name: `express-${++machines}`,
      type: 'EXPRESS',
      roleArn,
      definition: definitionOf(States, more),
      loggingConfiguration: logging,
    }),
  )
  return made.stateMachineArn ?? ''
}
const sync = (stateMachineArn: string, input: unknown = {}, more: object = {}) =>
  sfn.send(new StartSyncExecutionCommand({ stateMachineArn, input: JSON.stringify(input), ...more }))
const eventsOf = async (machine: string) => {
  const place = { logGroupName: '/aws/vendedlogs/states/m' }
  const prefix = `states/${machine.slice(machine.lastIndexOf(':') + 1)}/`
  const find = new DescribeLogStreamsCommand({ ...place, logStreamNamePrefix: prefix })
  const [stream] = await until(
    async () => (await logs.send(find)).logStreams ?? [],
    (streams) => streams.length > 0,
  )
  const { events = [] } = await until(
    () => logs.send(new GetLogEventsCommand({ ...place, logStreamName: stream?.logStreamName, startFromHead: true })),
    (page) => (page.events ?? []).length > 0,
  )
  return events.map(({ message = '' }) => JSON.parse(message))
}

// Sources: Step Functions API reference, StartSyncExecution; Developer Guide, "Choosing workflow type", "Using CloudWatch Logs".
describe('an Express machine', () => {
  it('answers with its output, and what it would cost', async () => {
    const machine = await create({ A: { Type: 'Pass', Output: '{% $states.context.Execution %}', End: true } })
    const answer = await sync(machine, { a: 1 }, { name: 'first' })
    expect(answer).toMatchObject({
      stateMachineArn: machine,
      name: 'first',
      status: 'SUCCEEDED',
      input: '{"a":1}',
      inputDetails: { included: true },
      outputDetails: { included: true },
      billingDetails: { billedMemoryUsedInMB: 64, billedDurationInMilliseconds: expect.any(Number) },
    })
    expect(answer.executionArn).toMatch(/:express:express-\d+:first:[0-9a-f-]{36}$/)
    expect(Object.keys(JSON.parse(answer.output ?? ''))).toEqual(['Id', 'Input', 'Name', 'RoleArn', 'StartTime'])
    expect(await sfn.send(new DescribeStateMachineCommand({ stateMachineArn: machine }))).toMatchObject({
      type: 'EXPRESS',
    })
  })

  it('answers with its error, and without data where none is wanted', async () => {
    const machine = await create({ A: { Type: 'Fail', Error: 'Odd', Cause: 'is odd' } })
    const { input, output, ...answer } = await sync(machine, {}, { includedData: 'METADATA_ONLY' })
    expect(answer).toMatchObject({ status: 'FAILED', error: 'Odd', cause: 'is odd' })
    expect([input, output]).toEqual([undefined, undefined])
  })

  it('has time until its TimeoutSeconds', async () => {
    const machine = await create({ A: { Type: 'Wait', Seconds: 30, End: true } }, { TimeoutSeconds: 1 })
    expect(await sync(machine)).toMatchObject({ status: 'TIMED_OUT' })
  })

  it('runs once for every start, keeps nothing, and logs its history', async () => {
    const machine = await create(
      { A: { Type: 'Pass', Output: 1, End: true } },
      {},
      {
        level: 'ALL',
        includeExecutionData: false,
        destinations: [{ cloudWatchLogsLogGroup: { logGroupArn } }],
      },
    )
    const start = () => sfn.send(new StartExecutionCommand({ stateMachineArn: machine, name: 'same' }))
    const { executionArn } = await start()
    expect(await eventsOf(machine)).toMatchObject([
      { id: '1', type: 'ExecutionStarted', previous_event_id: '0', execution_arn: executionArn },
      { id: '2', type: 'PassStateEntered', details: { name: 'A', inputDetails: { truncated: false } } },
      { id: '3', type: 'PassStateExited' },
      { id: '4', type: 'ExecutionSucceeded' },
    ])
    expect((await eventsOf(machine))[1].details).not.toHaveProperty('input')
    expect((await start()).executionArn).not.toBe(executionArn)
    await expect(sfn.send(new DescribeExecutionCommand({ executionArn }))).rejects.toMatchObject({ name: 'InvalidArn' })
    await expect(sfn.send(new ListExecutionsCommand({ stateMachineArn: machine }))).rejects.toMatchObject({
      name: 'StateMachineTypeNotSupported',
    })
  })

  it('has no task that waits, and no Map Run', async () => {
    const processor = {
      ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
      StartAt: 'C',
      States: { C: { Type: 'Succeed' } },
    }
    const definition = definitionOf({
      A: { Type: 'Task', Resource: 'arn:aws:states:::states:startExecution.sync', Next: 'B' },
      B: { Type: 'Map', ItemProcessor: processor, End: true },
    })
    const { diagnostics } = await sfn.send(new ValidateStateMachineDefinitionCommand({ definition, type: 'EXPRESS' }))
    expect(diagnostics?.map(({ location }) => location)).toEqual(['/States/A/Resource', '/States/B'])
  })

  it('is the only one that is started synchronously', async () => {
    const standard = await platform.create({ A: { Type: 'Succeed' } })
    await expect(sync(standard)).rejects.toMatchObject({ name: 'StateMachineTypeNotSupported' })
  })
})

describe('logging of a Standard machine', () => {
  it('at level ERROR has what failed only, with its data', async () => {
    const { stateMachineArn = '' } = await sfn.send(
      new CreateStateMachineCommand({
        name: 'logged',
        roleArn,
        definition: definitionOf({ A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Fail', Error: 'Odd' } }),
        loggingConfiguration: {
          level: 'ERROR',
          includeExecutionData: true,
          destinations: [{ cloudWatchLogsLogGroup: { logGroupArn } }],
        },
      }),
    )
    await platform.ended(await platform.start(stateMachineArn))
    expect(await eventsOf(stateMachineArn)).toMatchObject([
      { type: 'FailStateEntered', details: { name: 'B', input: '{}' } },
      { type: 'ExecutionFailed', details: { error: 'Odd' } },
    ])
  })

  it('needs the ARN of a log group', async () => {
    const destinations = [{ cloudWatchLogsLogGroup: { logGroupArn: logGroupArn.replace(':*', '') } }]
    await expect(create({ A: { Type: 'Succeed' } }, {}, { level: 'ALL', destinations })).rejects.toMatchObject({
      name: 'InvalidLoggingConfiguration',
      message: expect.stringContaining('must be the ARN of a log group that ends in :*'),
    })
  })
})
