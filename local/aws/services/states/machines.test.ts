import {
  CreateStateMachineCommand,
  DeleteStateMachineCommand,
  DescribeStateMachineCommand,
  DescribeStateMachineForExecutionCommand,
  ListExecutionsCommand,
  ListStateMachinesCommand,
  ListTagsForResourceCommand,
  paginateListStateMachines,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateStateMachineCommand,
  ValidateStateMachineDefinitionCommand,
} from '@aws-sdk/client-sfn'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import * as lambda from '../lambda/index.ts'
import { definitionOf, roleArn, statesPlatform } from './testing.ts'
import type { StatesPlatform } from './testing.ts'

const definition = definitionOf({ A: { Type: 'Pass', End: true } })
const other = definitionOf({ B: { Type: 'Succeed' } })
const arnOf = (name: string) => `arn:aws:states:us-east-1:000000000000:stateMachine:${name}`
let platform: StatesPlatform

const create = (name: string, more: object = {}) =>
  platform.sfn.send(new CreateStateMachineCommand({ name, roleArn, definition, ...more }))
const describeMachine = (name: string) =>
  platform.sfn.send(new DescribeStateMachineCommand({ stateMachineArn: arnOf(name) }))

beforeAll(async () => {
  platform = await statesPlatform([lambda])
})
afterAll(() => platform.end())

describe('CreateStateMachine', () => {
  it('keeps a machine that DescribeStateMachine shows', async () => {
    const { stateMachineArn, creationDate } = await create('kept')
    expect(stateMachineArn).toBe(arnOf('kept'))
    expect(await describeMachine('kept')).toMatchObject({
      stateMachineArn,
      name: 'kept',
      status: 'ACTIVE',
      type: 'STANDARD',
      roleArn,
      definition,
      creationDate,
      loggingConfiguration: { level: 'OFF', includeExecutionData: false },
      tracingConfiguration: { enabled: false },
    })
  })

  it('gives the same answer to the same request, and refuses another definition', async () => {
    const first = await create('twice')
    const second = await create('twice', { roleArn: `${roleArn}-2` })
    expect(second.creationDate).toEqual(first.creationDate)
    await expect(create('twice', { definition: other })).rejects.toMatchObject({
      name: 'StateMachineAlreadyExists',
      message: `State Machine Already Exists: '${arnOf('twice')}'`,
    })
  })

  it.each([
    [{ name: 'a b' }, 'InvalidName', "Invalid Name: 'a b'"],
    [{ roleArn: 'admin' }, 'InvalidArn', "Invalid Role Arn: 'admin'"],
    [{ type: 'EXPRESS' }, 'StateMachineTypeNotSupported', 'Express'],
    [{ loggingConfiguration: { level: 'ALL' } }, 'InvalidLoggingConfiguration', 'CloudWatch Logs'],
    [{ name: 'a'.repeat(81) }, 'ValidationException', "'name'"],
    [{ definition: '{' }, 'InvalidDefinition', 'INVALID_JSON_DESCRIPTION'],
    [
      { definition: definitionOf({ A: { Type: 'Pass', Next: 'B' } }) },
      'InvalidDefinition',
      "MISSING_TRANSITION_TARGET: Missing 'Next' target: B at /States/A/Next",
    ],
  ])('refuses %j', async (more, name, message) => {
    await expect(create('refused', more)).rejects.toMatchObject({ name, message: expect.stringContaining(message) })
  })

  it.each([
    'arn:aws:states:::lambda:invoke.sync',
    'arn:aws:states:::sagemaker:createTrainingJob.sync',
    'arn:aws:states:::sqs:sendMessage',
    'arn:aws:states:::dynamodb:getItem',
    'arn:aws:states:::aws-sdk:lambda:invoke',
    'arn:aws:states:::aws-sdk:sfn:noSuchAction',
    'arn:aws:states:::aws-sdk:nosuchservice:getItem',
    'arn:aws:sqs:us-east-1:000000000000:queue',
  ])('refuses the resource %s, which nothing on this platform serves', async (Resource) => {
    const nested = { StartAt: 'T', States: { T: { Type: 'Task', Resource, End: true } } }
    const refused = create('refused', {
      definition: definitionOf({ P: { Type: 'Parallel', Branches: [nested], End: true } }),
    })
    await expect(refused).rejects.toMatchObject({
      name: 'InvalidDefinition',
      message: expect.stringContaining(
        `The resource provided ${Resource} is not recognized. The value is not a valid resource ARN, or the local platform does not serve it. at /States/P/Branches[0]/States/T/Resource`,
      ),
    })
  })
})

describe('a machine', () => {
  it('is updated with a new revision, and executions keep what they started with', async () => {
    const stateMachineArn = await platform.create({
      A: { Type: 'Wait', Seconds: 60, Next: 'B' },
      B: { Type: 'Succeed' },
    })
    const executionArn = await platform.start(stateMachineArn)
    const updated = await platform.sfn.send(new UpdateStateMachineCommand({ stateMachineArn, definition: other }))
    const now = await platform.sfn.send(new DescribeStateMachineCommand({ stateMachineArn }))
    expect(now).toMatchObject({ definition: other, revisionId: updated.revisionId, roleArn })
    const then = await platform.sfn.send(new DescribeStateMachineForExecutionCommand({ executionArn }))
    expect(then.definition).toContain('"Seconds":60')
  })

  it('is not updated with nothing, nor with a wrong definition', async () => {
    await create('unchanged')
    const stateMachineArn = arnOf('unchanged')
    await expect(platform.sfn.send(new UpdateStateMachineCommand({ stateMachineArn }))).rejects.toMatchObject({
      name: 'MissingRequiredParameter',
    })
    await expect(
      platform.sfn.send(new UpdateStateMachineCommand({ stateMachineArn, definition: '{}' })),
    ).rejects.toMatchObject({ name: 'InvalidDefinition' })
    expect((await describeMachine('unchanged')).definition).toBe(definition)
  })

  it('is gone with its executions once it is deleted, and may be deleted again', async () => {
    const stateMachineArn = await platform.create({ A: { Type: 'Wait', Seconds: 60, End: true } })
    const executionArn = await platform.start(stateMachineArn)
    await platform.sfn.send(new DeleteStateMachineCommand({ stateMachineArn }))
    await platform.sfn.send(new DeleteStateMachineCommand({ stateMachineArn }))
    await expect(platform.describe(executionArn)).rejects.toMatchObject({ name: 'ExecutionDoesNotExist' })
    await expect(platform.sfn.send(new ListExecutionsCommand({ stateMachineArn }))).rejects.toMatchObject({
      name: 'StateMachineDoesNotExist',
      message: `State Machine Does Not Exist: '${stateMachineArn}'`,
    })
    expect(platform.events.at(-1)?.detail).toMatchObject({ executionArn, status: 'ABORTED' })
  })

  it.each(['machine', 'arn:aws:lambda:us-east-1:1:function:f', `${arnOf('kept')}:1`])(
    'is not found by %s, which is no ARN of a machine',
    async (stateMachineArn) => {
      await expect(platform.sfn.send(new DescribeStateMachineCommand({ stateMachineArn }))).rejects.toMatchObject({
        name: 'InvalidArn',
      })
    },
  )

  it('has tags', async () => {
    const { stateMachineArn: resourceArn } = await create('tagged', { tags: [{ key: 'a', value: '1' }] })
    const tags = [
      { key: 'a', value: '2' },
      { key: 'b', value: '3' },
    ]
    await platform.sfn.send(new TagResourceCommand({ resourceArn, tags }))
    const list = async () => (await platform.sfn.send(new ListTagsForResourceCommand({ resourceArn }))).tags
    expect(await list()).toEqual(tags)
    await platform.sfn.send(new UntagResourceCommand({ resourceArn, tagKeys: ['a'] }))
    expect(await list()).toEqual([{ key: 'b', value: '3' }])
    await expect(
      platform.sfn.send(new ListTagsForResourceCommand({ resourceArn: arnOf('nobody') })),
    ).rejects.toMatchObject({ name: 'ResourceNotFound' })
  })
})

it('machines are listed page by page', async () => {
  await Promise.all(['list-1', 'list-2', 'list-3'].map((name) => create(name)))
  const names: (string | undefined)[] = []
  const pages = paginateListStateMachines({ client: platform.sfn, pageSize: 2 }, {})
  for await (const { stateMachines = [] } of pages) {
    expect(stateMachines.length).toBeLessThanOrEqual(2)
    names.push(...stateMachines.map(({ name }) => name))
  }
  expect(names).toEqual(expect.arrayContaining(['list-1', 'list-2', 'list-3']))
  expect(new Set(names).size).toBe(names.length)
  await expect(platform.sfn.send(new ListStateMachinesCommand({ nextToken: 'made-up' }))).rejects.toMatchObject({
    name: 'InvalidToken',
  })
})

it('a definition is looked through without a machine', async () => {
  const ask = (text: string) => platform.sfn.send(new ValidateStateMachineDefinitionCommand({ definition: text }))
  expect(await ask(definition)).toMatchObject({ result: 'OK', diagnostics: [] })
  expect(await ask(definitionOf({ A: { Type: 'Pass' } }))).toMatchObject({
    result: 'FAIL',
    diagnostics: expect.arrayContaining([
      expect.objectContaining({ severity: 'ERROR', code: 'MISSING_END_STATE', location: '/States' }),
    ]),
    truncated: false,
  })
})
