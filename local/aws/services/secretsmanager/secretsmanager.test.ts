import {
  CreateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  ListSecretsCommand,
  ListSecretVersionIdsCommand,
  PutSecretValueCommand,
  RestoreSecretCommand,
  SecretsManagerClient,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateSecretCommand,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { temporaryPlatform } from '../../core/testing.ts'
import * as secretsmanager from './index.ts'

let running: Awaited<ReturnType<typeof temporaryPlatform>>
let secrets: SecretsManagerClient
beforeAll(async () => {
  running = await temporaryPlatform({ services: [secretsmanager] })
  secrets = new SecretsManagerClient(running.client)
})
afterAll(() => running.end())

const dayMs = 86_400_000
const token = (letter: string) => letter.repeat(32)
const [one, two, three] = [token('1'), token('2'), token('3')]
const put = (SecretId: string, ClientRequestToken: string, VersionStages?: string[]) =>
  secrets.send(
    new PutSecretValueCommand({ SecretId, ClientRequestToken, SecretString: ClientRequestToken, VersionStages }),
  )
const read = async (SecretId: string, version: { VersionId?: string; VersionStage?: string } = {}) =>
  (await secrets.send(new GetSecretValueCommand({ SecretId, ...version }))).SecretString
const stagesOf = async (SecretId: string) =>
  (await secrets.send(new DescribeSecretCommand({ SecretId }))).VersionIdsToStages

describe('a secret', () => {
  test('is found by its name, its ARN and its ARN without the random end', async () => {
    const SecretString = '{"key":"value"}'
    const { ARN = '', VersionId } = await secrets.send(new CreateSecretCommand({ Name: 'a/key', SecretString }))
    expect(ARN).toMatch(/^arn:aws:secretsmanager:us-east-1:\d{12}:secret:a\/key-[A-Za-z0-9]{6}$/)
    for (const SecretId of ['a/key', ARN, ARN.slice(0, -7)]) {
      const answer = await secrets.send(new GetSecretValueCommand({ SecretId }))
      expect(answer).toMatchObject({ ARN, Name: 'a/key', SecretString, VersionId, VersionStages: ['AWSCURRENT'] })
      expect(answer.CreatedDate).toBeInstanceOf(Date)
    }
    await expect(read('a')).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: "Secrets Manager can't find the specified secret.",
    })
  })

  test('may hold bytes, or nothing yet, but not text and bytes', async () => {
    const SecretBinary = Uint8Array.of(0, 255, 10)
    await secrets.send(new CreateSecretCommand({ Name: 'bytes', SecretBinary }))
    const answer = await secrets.send(new GetSecretValueCommand({ SecretId: 'bytes' }))
    expect(answer.SecretBinary).toEqual(SecretBinary)
    expect(await secrets.send(new CreateSecretCommand({ Name: 'empty' }))).not.toHaveProperty('VersionId')
    await expect(read('empty')).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: "Secrets Manager can't find the specified secret value for staging label: AWSCURRENT",
    })
    await expect(
      secrets.send(new CreateSecretCommand({ Name: 'both', SecretBinary, SecretString: 'text' })),
    ).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: "You can't specify both a binary secret value and a string secret value in the same secret.",
    })
    await expect(secrets.send(new PutSecretValueCommand({ SecretId: 'empty' }))).rejects.toMatchObject({
      name: 'InvalidRequestException',
      message: 'You must provide either SecretString or SecretBinary.',
    })
  })

  test('is created once; the same token with the same value is the same request', async () => {
    const create = (SecretString: string, ClientRequestToken?: string) =>
      secrets.send(new CreateSecretCommand({ Name: 'once', SecretString, ClientRequestToken }))
    const { ARN } = await create('value', one)
    expect(await create('value', one)).toMatchObject({ ARN, Name: 'once', VersionId: one })
    await expect(create('other', one)).rejects.toMatchObject({
      name: 'ResourceExistsException',
      message: `You can't use ClientRequestToken ${one} because that value is already in use for a version of secret ${ARN}.`,
    })
    await expect(create('value', two)).rejects.toMatchObject({
      name: 'ResourceExistsException',
      message: 'The operation failed because the secret once already exists.',
    })
  })

  test('has a description, a key and tags', async () => {
    const Tags = [{ Key: 'stage', Value: 'dev' }]
    await secrets.send(new CreateSecretCommand({ Name: 'told', SecretString: 'x', Description: 'old', Tags }))
    await secrets.send(new UpdateSecretCommand({ SecretId: 'told', Description: 'new', KmsKeyId: 'alias/key' }))
    await secrets.send(new TagResourceCommand({ SecretId: 'told', Tags: [{ Key: 'owner', Value: 'me' }] }))
    await secrets.send(new UntagResourceCommand({ SecretId: 'told', TagKeys: ['stage'] }))
    expect(await secrets.send(new DescribeSecretCommand({ SecretId: 'told' }))).toMatchObject({
      Description: 'new',
      KmsKeyId: 'alias/key',
      Tags: [{ Key: 'owner', Value: 'me' }],
    })
    expect(await read('told')).toBe('x')
  })
})

describe('a version', () => {
  test('takes AWSCURRENT from the one before it, which is AWSPREVIOUS; the one before that is deprecated', async () => {
    await secrets.send(new CreateSecretCommand({ Name: 'rolled', SecretString: one, ClientRequestToken: one }))
    await put('rolled', two)
    const update = { SecretId: 'rolled', SecretString: three, ClientRequestToken: three }
    expect(await secrets.send(new UpdateSecretCommand(update))).toMatchObject({ VersionId: three })
    expect(await stagesOf('rolled')).toEqual({ [two]: ['AWSPREVIOUS'], [three]: ['AWSCURRENT'] })
    expect(await read('rolled', { VersionStage: 'AWSPREVIOUS' })).toBe(two)
    expect(await read('rolled', { VersionId: one })).toBe(one)
    const ids = async (IncludeDeprecated: boolean) => {
      const { Versions } = await secrets.send(
        new ListSecretVersionIdsCommand({ SecretId: 'rolled', IncludeDeprecated }),
      )
      return Versions?.map(({ VersionId, VersionStages }) => [VersionId, VersionStages])
    }
    expect(await ids(false)).toEqual([
      [two, ['AWSPREVIOUS']],
      [three, ['AWSCURRENT']],
    ])
    expect(await ids(true)).toHaveLength(3)
  })

  test('of a token that is known changes nothing, or is refused for another value', async () => {
    const { ARN } = await secrets.send(
      new CreateSecretCommand({ Name: 'again', SecretString: one, ClientRequestToken: one }),
    )
    await put('again', two)
    expect(await put('again', one)).toMatchObject({ VersionId: one, VersionStages: ['AWSPREVIOUS'] })
    expect(await read('again')).toBe(two)
    await expect(
      secrets.send(new PutSecretValueCommand({ SecretId: 'again', ClientRequestToken: one, SecretString: 'other' })),
    ).rejects.toMatchObject({ name: 'ResourceExistsException', message: expect.stringContaining(ARN ?? '') })
  })

  test('waits as AWSPENDING until a rotation makes it current, and can be put back', async () => {
    await secrets.send(new CreateSecretCommand({ Name: 'rotated', SecretString: one, ClientRequestToken: one }))
    await put('rotated', two, ['AWSPENDING'])
    expect(await read('rotated')).toBe(one)
    expect(await read('rotated', { VersionStage: 'AWSPENDING' })).toBe(two)
    const move = (VersionStage: string, RemoveFromVersionId?: string, MoveToVersionId?: string) =>
      secrets.send(
        new UpdateSecretVersionStageCommand({
          SecretId: 'rotated',
          VersionStage,
          RemoveFromVersionId,
          MoveToVersionId,
        }),
      )
    await expect(move('AWSCURRENT', undefined, two)).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: `The parameter RemoveFromVersionId can't be empty. Staging label AWSCURRENT is currently attached to version ${one}, so you must explicitly reference that version in RemoveFromVersionId.`,
    })
    await expect(move('AWSCURRENT', one)).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: expect.stringContaining("It can't be completely removed"),
    })
    await expect(move('AWSPENDING', one)).rejects.toMatchObject({ name: 'InvalidParameterException' })
    await expect(move('AWSCURRENT', one, three)).rejects.toMatchObject({ message: `Not a valid version: ${three}` })
    await move('AWSCURRENT', one, two)
    await move('AWSPENDING', two)
    expect(await stagesOf('rotated')).toEqual({ [one]: ['AWSPREVIOUS'], [two]: ['AWSCURRENT'] })
    await move('AWSCURRENT', two, one)
    expect(await stagesOf('rotated')).toEqual({ [one]: ['AWSCURRENT'], [two]: ['AWSPREVIOUS'] })
    await expect(read('rotated', { VersionId: one, VersionStage: 'AWSPREVIOUS' })).rejects.toMatchObject({
      name: 'InvalidRequestException',
      message: 'You provided a VersionStage that is not associated to the provided VersionId.',
    })
  })

  test('without a label is kept among the last hundred of its kind', async () => {
    const id = (index: number) => String(index).padStart(32, '0')
    await secrets.send(new CreateSecretCommand({ Name: 'many', SecretString: 'first', ClientRequestToken: id(0) }))
    for (let index = 1; index <= 102; index += 1) await put('many', id(index))
    await expect(read('many', { VersionId: id(0) })).rejects.toMatchObject({
      message: `Secrets Manager can't find the specified secret value for VersionId: ${id(0)}`,
    })
    expect(await read('many', { VersionId: id(1) })).toBe(id(1))
    const page = { SecretId: 'many', IncludeDeprecated: true, MaxResults: 100 }
    const { NextToken } = await secrets.send(new ListSecretVersionIdsCommand(page))
    const rest = await secrets.send(new ListSecretVersionIdsCommand({ ...page, NextToken }))
    expect(rest.Versions?.map(({ VersionId }) => VersionId)).toEqual([id(101), id(102)])
  })
})

describe('a deletion', () => {
  test('waits for the days it is given, and can be taken back until then', async () => {
    await secrets.send(new CreateSecretCommand({ Name: 'going', SecretString: 'x' }))
    const due = Date.now() + 7 * dayMs
    const { DeletionDate } = await secrets.send(new DeleteSecretCommand({ SecretId: 'going', RecoveryWindowInDays: 7 }))
    expect(Math.abs(Number(DeletionDate) - due)).toBeLessThan(60_000)
    const marked = "You can't perform this operation on the secret because it was marked for deletion."
    const refused = { name: 'InvalidRequestException', message: marked }
    await expect(read('going')).rejects.toMatchObject(refused)
    await expect(put('going', one)).rejects.toMatchObject(refused)
    await expect(secrets.send(new DeleteSecretCommand({ SecretId: 'going' }))).rejects.toMatchObject(refused)
    await expect(secrets.send(new CreateSecretCommand({ Name: 'going' }))).rejects.toMatchObject({
      name: 'InvalidRequestException',
      message: "You can't create this secret because a secret with this name is already scheduled for deletion.",
    })
    expect(await secrets.send(new DescribeSecretCommand({ SecretId: 'going' }))).toMatchObject({
      DeletedDate: DeletionDate,
    })
    await secrets.send(new RestoreSecretCommand({ SecretId: 'going' }))
    expect(await read('going')).toBe('x')
    await secrets.send(new DeleteSecretCommand({ SecretId: 'going', RecoveryWindowInDays: 7 }))
    await running.platform.clock.advance?.(7 * dayMs + 1000)
    await expect(secrets.send(new DescribeSecretCommand({ SecretId: 'going' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    })
    await secrets.send(new CreateSecretCommand({ Name: 'going', SecretString: 'new' }))
    expect(await read('going')).toBe('new')
  })

  test('without recovery is at once, and no error when there is nothing any more', async () => {
    await secrets.send(new CreateSecretCommand({ Name: 'gone', SecretString: 'x' }))
    const now = { SecretId: 'gone', ForceDeleteWithoutRecovery: true }
    await secrets.send(new DeleteSecretCommand(now))
    await secrets.send(new DeleteSecretCommand(now))
    await expect(read('gone')).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
    await expect(secrets.send(new DeleteSecretCommand({ SecretId: 'gone' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    })
    for (const [request, message] of [
      [{ ...now, RecoveryWindowInDays: 7 }, "You can't use ForceDeleteWithoutRecovery in conjunction with"],
      [{ SecretId: 'gone', RecoveryWindowInDays: 6 }, 'must be between 7 and 30 days'],
    ] as const) {
      await expect(secrets.send(new DeleteSecretCommand(request))).rejects.toMatchObject({
        name: 'InvalidParameterException',
        message: expect.stringContaining(message),
      })
    }
  })
})

test('secrets are listed by filters, newest first, in pages', async () => {
  const create = (Name: string, Value: string) =>
    secrets.send(new CreateSecretCommand({ Name, Description: `of ${Name}`, Tags: [{ Key: 'Kind', Value }] }))
  for (const name of ['list/a', 'list/b', 'list/c']) {
    await create(name, name === 'list/b' ? 'Even' : 'Odd')
    await running.platform.clock.advance?.(1000)
  }
  const names = async (Key: 'name' | 'description' | 'tag-key' | 'tag-value' | 'all', ...Values: string[]) => {
    const { SecretList } = await secrets.send(new ListSecretsCommand({ Filters: [{ Key, Values }] }))
    return SecretList?.map(({ Name }) => Name)
  }
  expect(await names('name', 'list/')).toEqual(['list/c', 'list/b', 'list/a'])
  expect(await names('tag-value', 'odd')).toEqual(['list/c', 'list/a'])
  expect(await names('description', 'of list/b', 'of list/a')).toEqual(['list/b', 'list/a'])
  expect(await names('all', 'even')).toEqual(['list/b'])
  const Filters = [
    { Key: 'name' as const, Values: ['list/'] },
    { Key: 'tag-value' as const, Values: ['!even'] },
  ]
  const page = { Filters, MaxResults: 1, SortOrder: 'asc' as const }
  const first = await secrets.send(new ListSecretsCommand(page))
  const second = await secrets.send(new ListSecretsCommand({ ...page, NextToken: first.NextToken }))
  expect([first, second].map(({ SecretList }) => SecretList?.[0]?.Name)).toEqual(['list/a', 'list/c'])
  expect(second.NextToken).toBeUndefined()
  await expect(secrets.send(new ListSecretsCommand({ NextToken: '-' }))).rejects.toMatchObject({
    name: 'InvalidNextTokenException',
  })
  await secrets.send(new DeleteSecretCommand({ SecretId: 'list/c' }))
  expect(await names('name', 'list/')).toEqual(['list/b', 'list/a'])
  const planned = await secrets.send(new ListSecretsCommand({ Filters, IncludePlannedDeletion: true }))
  expect(planned.SecretList?.[0]).toMatchObject({ Name: 'list/c', DeletedDate: expect.any(Date) })
})
