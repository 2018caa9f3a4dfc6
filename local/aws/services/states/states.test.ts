import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn'
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { setTimeout as sleep } from 'node:timers/promises'
import { temporaryPlatform } from '../../core/testing.ts'
import * as states from './index.ts'

let platform: Awaited<ReturnType<typeof temporaryPlatform>>
let client: SFNClient
beforeAll(async () => {
  platform = await temporaryPlatform({ services: [states] })
  client = new SFNClient(platform.client)
})
afterAll(() => platform.end())

it('runs', async () => {
  const { stateMachineArn } = await client.send(
    new CreateStateMachineCommand({
      name: 'm',
      roleArn: 'arn:aws:iam::000000000000:role/x',
      definition: JSON.stringify({
        QueryLanguage: 'JSONata',
        StartAt: 'A',
        States: { A: { Type: 'Pass', Output: { a: '{% $states.input.b + 1 %}' }, End: true } },
      }),
    }),
  )
  const { executionArn } = await client.send(new StartExecutionCommand({ stateMachineArn, input: '{"b":1}' }))
  await sleep(50)
  expect(await client.send(new DescribeExecutionCommand({ executionArn }))).toMatchObject({
    status: 'SUCCEEDED',
    output: '{"a":2}',
  })
  expect((await client.send(new GetExecutionHistoryCommand({ executionArn }))).events?.map(({ type }) => type)).toEqual([
    'ExecutionStarted',
    'PassStateEntered',
    'PassStateExited',
    'ExecutionSucceeded',
  ])
})
