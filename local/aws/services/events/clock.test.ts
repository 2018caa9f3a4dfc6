import { CloudWatchLogsClient, CreateLogGroupCommand, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import {
  DisableRuleCommand,
  EventBridgeClient,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
} from '@aws-sdk/client-eventbridge'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { setTimeout as wait } from 'node:timers/promises'
import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { temporaryPlatform } from '../../core/testing.ts'
import * as logs from '../logs/index.ts'
import * as events from './index.ts'

/** A clock that goes only when it is told to. */
const standingClock = () => {
  let time = Math.floor(Date.now() / 60_000) * 60_000
  const sleepers = new Set<{ readonly due: number; readonly wake: () => void }>()
  return {
    now: () => time,
    pace: (ms: number) => ms,
    sleep: (ms: number, signal?: AbortSignal) =>
      new Promise<void>((wake, reject) => {
        const sleeper = { due: time + ms, wake }
        sleepers.add(sleeper)
        signal?.addEventListener('abort', () => {
          sleepers.delete(sleeper)
          reject(signal.reason)
        })
      }),
    async advance(ms: number) {
      for (const end = time + ms; time < end;) {
        time += 1000
        for (const sleeper of [...sleepers].filter(({ due }) => due <= time)) {
          sleepers.delete(sleeper)
          sleeper.wake()
        }
        await wait(1)
      }
    },
  }
}

const clock = standingClock()
const account = 'us-east-1:000000000000'
const dead: { readonly time: number; readonly attributes: unknown }[] = []
const Policy = JSON.stringify({ Statement: { Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage' } })
/** A queue that only counts what comes. */
const counting = {
  operations: [
    defineOperation({
      service: 'sqs',
      name: 'GetQueueAttributes',
      input: z.looseObject({}),
      needs: () => [],
      run: () => ({ Attributes: { Policy } }),
    }),
    defineOperation({
      service: 'sqs',
      name: 'SendMessage',
      input: z.looseObject({ MessageAttributes: z.unknown() }),
      needs: () => [],
      run: ({ MessageAttributes }) => void dead.push({ time: clock.now(), attributes: MessageAttributes }),
    }),
  ],
}

let platform: Awaited<ReturnType<typeof temporaryPlatform>>
let bus: EventBridgeClient
let groups: CloudWatchLogsClient
beforeAll(async () => {
  platform = await temporaryPlatform({ services: [logs, counting, events], clock })
  bus = new EventBridgeClient(platform.client)
  groups = new CloudWatchLogsClient(platform.client)
})
afterAll(() => platform.end())

const kept = async (logGroupName: string) =>
  (await groups.send(new FilterLogEventsCommand({ logGroupName }))).events?.map(({ message = '' }) =>
    JSON.parse(message),
  )

test('a schedule sends its rule an event each time, until it is disabled', async () => {
  const [Name, logGroupName] = ['ticking', '/ticks']
  await groups.send(new CreateLogGroupCommand({ logGroupName }))
  const { RuleArn } = await bus.send(new PutRuleCommand({ Name, ScheduleExpression: 'rate(1 minute)' }))
  const Arn = `arn:aws:logs:${account}:log-group:${logGroupName}`
  await bus.send(new PutTargetsCommand({ Rule: Name, Targets: [{ Id: 'log', Arn }] }))
  const began = clock.now()
  await clock.advance(59_000)
  expect(await kept(logGroupName)).toEqual([])
  await clock.advance(62_000)
  const minute = (count: number) => new Date(began + count * 60_000).toISOString().replace('.000Z', 'Z')
  const tick = { source: 'aws.events', 'detail-type': 'Scheduled Event', resources: [RuleArn], detail: {} }
  expect(await kept(logGroupName)).toMatchObject([
    { ...tick, time: minute(1) },
    { ...tick, time: minute(2) },
  ])
  await bus.send(new DisableRuleCommand({ Name }))
  await clock.advance(60_000)
  expect(await kept(logGroupName)).toHaveLength(2)
})

test('an event is tried ever more rarely, until it is too old', async () => {
  await bus.send(new PutRuleCommand({ Name: 'ageing', EventPattern: '{"source":["ageing"]}' }))
  const target = {
    Id: 'log',
    Arn: `arn:aws:logs:${account}:log-group:/busy`,
    RetryPolicy: { MaximumEventAgeInSeconds: 60 },
    DeadLetterConfig: { Arn: `arn:aws:sqs:${account}:dead` },
  }
  await bus.send(new PutTargetsCommand({ Rule: 'ageing', Targets: [target] }))
  const error = { code: 'ServiceUnavailableException', message: 'busy', status: 503 }
  await fetch(`${platform.platform.url}/_hopline/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ service: 'logs', operation: 'CreateLogStream', error }),
  })
  const began = clock.now()
  const entry = { Source: 'ageing', DetailType: 'd', Detail: '{}' }
  await bus.send(new PutEventsCommand({ Entries: [entry] }))
  await clock.advance(70_000)
  expect(dead).toEqual([
    {
      time: began + 31_000,
      attributes: expect.objectContaining({
        ERROR_MESSAGE: { DataType: 'String', StringValue: 'busy' },
        RETRY_ATTEMPTS: { DataType: 'String', StringValue: '5' },
        EXHAUSTED_RETRY_CONDITION: { DataType: 'String', StringValue: 'MaximumEventAgeInSeconds' },
      }),
    },
  ])
})
