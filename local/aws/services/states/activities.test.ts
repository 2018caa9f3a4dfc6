import {
  CreateActivityCommand,
  DeleteActivityCommand,
  DescribeActivityCommand,
  GetActivityTaskCommand,
  GetExecutionHistoryCommand,
  ListActivitiesCommand,
  ListTagsForResourceCommand,
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { statesPlatform } from './testing.ts'
import type { StatesPlatform } from './testing.ts'

let platform: StatesPlatform
let activityArn: string

beforeAll(async () => {
  platform = await statesPlatform()
  const made = await platform.sfn.send(
    new CreateActivityCommand({ name: 'label', tags: [{ key: 'team', value: 'ml' }] }),
  )
  activityArn = made.activityArn ?? ''
})
afterAll(() => platform.end())

const take = async (workerName?: string) => {
  const { taskToken = '', input } = await platform.sfn.send(new GetActivityTaskCommand({ activityArn, workerName }))
  return { taskToken, input }
}
const start = async (fields: object = {}, input: unknown = {}) =>
  platform.start(
    await platform.create({ A: { Type: 'Task', Resource: activityArn, TimeoutSeconds: 30, End: true, ...fields } }),
    input,
  )
const typesOf = async (executionArn: string) => {
  const { events = [] } = await platform.sfn.send(new GetExecutionHistoryCommand({ executionArn }))
  return events.map(({ type }) => type)
}

describe('activities', () => {
  it('are created once, described, listed and deleted', async () => {
    const again = await platform.sfn.send(new CreateActivityCommand({ name: 'label' }))
    const described = await platform.sfn.send(new DescribeActivityCommand({ activityArn }))
    expect(again).toMatchObject({ activityArn, creationDate: described.creationDate })
    const { activityArn: other = '' } = await platform.sfn.send(new CreateActivityCommand({ name: 'other' }))
    const { activities } = await platform.sfn.send(new ListActivitiesCommand({}))
    expect(activities?.map(({ name }) => name)).toEqual(['label', 'other'])
    await platform.sfn.send(new DeleteActivityCommand({ activityArn: other }))
    await platform.sfn.send(new DeleteActivityCommand({ activityArn: other }))
    await expect(platform.sfn.send(new DescribeActivityCommand({ activityArn: other }))).rejects.toMatchObject({
      name: 'ActivityDoesNotExist',
      message: `Activity Does Not Exist: '${other}'`,
    })
    const { tags } = await platform.sfn.send(new ListTagsForResourceCommand({ resourceArn: activityArn }))
    expect(tags).toEqual([{ key: 'team', value: 'ml' }])
  })

  it.each([
    ['a/b', 'InvalidName'],
    ['', 'ValidationException'],
  ])('are not called %j', async (name, error) => {
    await expect(platform.sfn.send(new CreateActivityCommand({ name }))).rejects.toMatchObject({ name: error })
  })
})

describe('a task of an activity', () => {
  it('goes to a worker, whose answer is the result', async () => {
    const execution = await start({ Arguments: { n: '{% $states.input.n %}' } }, { n: 1 })
    const { taskToken, input } = await take('worker-1')
    expect(input).toBe('{"n":1}')
    await platform.sfn.send(new SendTaskHeartbeatCommand({ taskToken }))
    await platform.sfn.send(new SendTaskSuccessCommand({ taskToken, output: '{"label":"cat"}' }))
    expect(await platform.ended(execution)).toMatchObject({ status: 'SUCCEEDED', output: '{"label":"cat"}' })
    const { events = [] } = await platform.sfn.send(new GetExecutionHistoryCommand({ executionArn: execution }))
    expect(events.map(({ type }) => type)).toEqual([
      'ExecutionStarted',
      'TaskStateEntered',
      'ActivityScheduled',
      'ActivityStarted',
      'ActivitySucceeded',
      'TaskStateExited',
      'ExecutionSucceeded',
    ])
    expect(events[3]).toMatchObject({ activityStartedEventDetails: { workerName: 'worker-1' } })
  })

  it('goes to a worker who waited for it', async () => {
    const waiting = take()
    const execution = await start()
    const { taskToken } = await waiting
    await platform.sfn.send(new SendTaskFailureCommand({ taskToken, error: 'Blurred', cause: 'no focus' }))
    expect(await platform.ended(execution)).toMatchObject({ status: 'FAILED', error: 'Blurred', cause: 'no focus' })
  })

  it('is not given to a worker once nobody wants it', async () => {
    const stopped = await start()
    await platform.sfn.send(new StopExecutionCommand({ executionArn: stopped }))
    await start({}, { second: true })
    expect((await take()).input).toBe('{"second":true}')
  })

  it('times out without having started, and without a heartbeat after it has', async () => {
    const idle = await start({ TimeoutSeconds: 1 })
    expect(await platform.ended(idle)).toMatchObject({ error: 'States.Timeout' })
    expect((await typesOf(idle)).slice(2)).toEqual(['ActivityScheduled', 'ActivityTimedOut', 'ExecutionFailed'])
    const silent = await start({ HeartbeatSeconds: 1 })
    const { taskToken } = await take()
    expect(await platform.ended(silent)).toMatchObject({ error: 'States.Timeout' })
    expect((await typesOf(silent)).slice(2, 5)).toEqual(['ActivityScheduled', 'ActivityStarted', 'ActivityTimedOut'])
    await expect(platform.sfn.send(new SendTaskHeartbeatCommand({ taskToken }))).rejects.toMatchObject({
      name: 'TaskTimedOut',
    })
  })

  it('is nothing to wait for: the answer is empty', async () => {
    expect(await take()).toEqual({ taskToken: '' })
  })

  it('fails before it is scheduled when the activity is gone', async () => {
    const Resource = activityArn.replace('label', 'gone')
    const execution = await start({ Resource, Catch: [{ ErrorEquals: ['States.ALL'], Next: 'A' }] })
    expect(await platform.ended(execution)).toMatchObject({
      error: 'States.Runtime',
      cause: `An error occurred while executing the state 'A' (entered at the event id #2). The activity ${Resource} does not exist.`,
    })
    expect(await typesOf(execution)).toEqual(['ExecutionStarted', 'TaskStateEntered', 'ExecutionFailed'])
    await expect(platform.sfn.send(new GetActivityTaskCommand({ activityArn: Resource }))).rejects.toMatchObject({
      name: 'ActivityDoesNotExist',
    })
  })
})
