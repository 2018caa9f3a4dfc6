import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs'
import { GetExecutionHistoryCommand, RedriveExecutionCommand, StopExecutionCommand } from '@aws-sdk/client-sfn'
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import * as sqsService from '../sqs/index.ts'
import { statesPlatform } from './testing.ts'
import type { StatesPlatform } from './testing.ts'

let platform: StatesPlatform
let sqs: SQSClient

beforeAll(async () => {
  platform = await statesPlatform([sqsService])
  sqs = new SQSClient(platform.client)
})
afterAll(() => platform.end())

/** Succeeds once a queue of that name is there. */
const look = (QueueName: string, fields: object = { End: true }) => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::aws-sdk:sqs:getQueueUrl',
  Arguments: { QueueName },
  Output: '{% $states.result.QueueUrl ? "there" : "" %}',
  ...fields,
})
const makeQueue = (QueueName: string) => sqs.send(new CreateQueueCommand({ QueueName }))
const redrive = (executionArn: string | undefined) => platform.sfn.send(new RedriveExecutionCommand({ executionArn }))
const typesOf = async (executionArn: string | undefined) => {
  const { events = [] } = await platform.sfn.send(new GetExecutionHistoryCommand({ executionArn }))
  return events.map(({ type }) => type)
}

// Source: Step Functions Developer Guide, "Restarting state machine executions with redrive"; API reference, RedriveExecution.
it('an execution goes on at the state that failed, with its input and variables', async () => {
  const failed = await platform.run(
    {
      Set: { Type: 'Pass', Assign: { n: '{% $states.input.n + 1 %}' }, Output: 'kept', Next: 'Look' },
      Look: look('first', { Output: '{% [$states.input, $n, $states.context.Execution.RedriveCount] %}', End: true }),
    },
    { n: 1 },
  )
  expect(failed).toMatchObject({ status: 'FAILED' })
  expect(await platform.describe(failed.executionArn ?? '')).toMatchObject({
    redriveCount: 0,
    redriveStatus: 'REDRIVABLE',
  })
  await makeQueue('first')
  const { redriveDate } = await redrive(failed.executionArn)
  expect(await platform.ended(failed.executionArn ?? '')).toMatchObject({
    status: 'SUCCEEDED',
    output: '["kept",2,1]',
    redriveCount: 1,
    redriveDate,
    redriveStatus: 'NOT_REDRIVABLE',
    redriveStatusReason: 'Execution is SUCCEEDED and cannot be redriven',
  })
  expect((await typesOf(failed.executionArn)).slice(3)).toEqual([
    'TaskStateEntered',
    'TaskScheduled',
    'TaskStarted',
    'TaskFailed',
    'ExecutionFailed',
    'ExecutionRedriven',
    'TaskScheduled',
    'TaskStarted',
    'TaskSucceeded',
    'TaskStateExited',
    'ExecutionSucceeded',
  ])
})

it('only branches and iterations that did not succeed run again', async () => {
  const failed = await platform.run({
    Fork: {
      Type: 'Parallel',
      Branches: [
        { StartAt: 'Fine', States: { Fine: { Type: 'Pass', Output: 'fine', End: true } } },
        {
          StartAt: 'Each',
          States: {
            Each: {
              Type: 'Map',
              Items: [1, 2],
              MaxConcurrency: 1,
              ItemProcessor: {
                StartAt: 'Which',
                States: {
                  Which: {
                    Type: 'Choice',
                    Choices: [{ Condition: '{% $states.input = 2 %}', Next: 'Find' }],
                    Default: 'Simple',
                  },
                  Simple: { Type: 'Pass', End: true },
                  Find: look('second'),
                },
              },
              End: true,
            },
          },
        },
      ],
      End: true,
    },
  })
  expect(failed.status).toBe('FAILED')
  // A second failure stands where the first one stood.
  await redrive(failed.executionArn)
  expect(await platform.ended(failed.executionArn ?? '')).toMatchObject({ status: 'FAILED', redriveCount: 1 })
  await makeQueue('second')
  const before = (await typesOf(failed.executionArn)).length
  await redrive(failed.executionArn)
  expect(await platform.ended(failed.executionArn ?? '')).toMatchObject({
    status: 'SUCCEEDED',
    output: '["fine",[1,"there"]]',
  })
  expect((await typesOf(failed.executionArn)).slice(before)).toEqual([
    'ExecutionRedriven',
    'TaskScheduled',
    'TaskStarted',
    'TaskSucceeded',
    'TaskStateExited',
    'MapIterationSucceeded',
    'MapStateSucceeded',
    'MapStateExited',
    'ParallelStateSucceeded',
    'ParallelStateExited',
    'ExecutionSucceeded',
  ])
})

it('a Wait of an execution that was stopped begins anew', async () => {
  const executionArn = await platform.start(await platform.create({ Rest: { Type: 'Wait', Seconds: 1, End: true } }))
  await platform.sfn.send(new StopExecutionCommand({ executionArn }))
  await redrive(executionArn)
  expect(await platform.ended(executionArn)).toMatchObject({ status: 'SUCCEEDED' })
})

it('what runs or has succeeded is not redriven', async () => {
  const { executionArn } = await platform.run({ A: { Type: 'Succeed' } })
  await expect(redrive(executionArn)).rejects.toMatchObject({
    name: 'ExecutionNotRedrivable',
    message: "Execution Not Redrivable: 'Execution is SUCCEEDED and cannot be redriven'",
  })
  await expect(redrive(`${executionArn}-other`)).rejects.toMatchObject({ name: 'ExecutionDoesNotExist' })
})
