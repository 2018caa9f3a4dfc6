import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
  ListRolesCommand,
  PutRolePolicyCommand,
  TagRoleCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam'
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { temporaryPlatform } from '../../core/testing.ts'
import * as iam from '../iam/index.ts'
import * as sts from './index.ts'

let platform: Awaited<ReturnType<typeof temporaryPlatform>>
let roles: IAMClient
let tokens: STSClient
let now = 0
beforeAll(async () => {
  const clock = { now: () => Date.now() + now, sleep: () => Promise.resolve(), pace: (ms: number) => ms }
  platform = await temporaryPlatform({ services: [iam, sts], clock })
  roles = new IAMClient(platform.client)
  tokens = new STSClient(platform.client)
})
afterAll(() => platform.end())

const trust = (Principal: object) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' }] })
const allow = (Action: string, Resource: string) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource }] })
const byAccount = trust({ AWS: 'arn:aws:iam::000000000000:root' })

const assumed = async (RoleArn: string | undefined) => {
  const { Credentials } = await tokens.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'test' }))
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {}
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken }
}

test('roles keep their policies, tags and trust', async () => {
  const RoleName = 'keeper'
  const { Role } = await roles.send(
    new CreateRoleCommand({
      RoleName,
      AssumeRolePolicyDocument: byAccount,
      Path: '/app/',
      Tags: [{ Key: 'a', Value: '1' }],
    }),
  )
  expect(Role?.Arn).toBe('arn:aws:iam::000000000000:role/app/keeper')
  await expect(
    roles.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: byAccount })),
  ).rejects.toMatchObject({ name: 'EntityAlreadyExistsException' })
  await roles.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'p', PolicyDocument: allow('s3:*', '*') }))
  const { PolicyDocument = '' } = await roles.send(new GetRolePolicyCommand({ RoleName, PolicyName: 'p' }))
  expect(decodeURIComponent(PolicyDocument)).toBe(allow('s3:*', '*'))
  expect((await roles.send(new ListRolePoliciesCommand({ RoleName }))).PolicyNames).toEqual(['p'])
  await roles.send(
    new TagRoleCommand({
      RoleName,
      Tags: [
        { Key: 'a', Value: '2' },
        { Key: 'b', Value: '3' },
      ],
    }),
  )
  await roles.send(
    new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: trust({ Service: 'lambda.amazonaws.com' }) }),
  )
  const got = await roles.send(new GetRoleCommand({ RoleName }))
  expect(got.Role?.Tags).toEqual([
    { Key: 'a', Value: '2' },
    { Key: 'b', Value: '3' },
  ])
  expect(got.Role?.CreateDate).toBeInstanceOf(Date)
  const { Policy } = await roles.send(
    new CreatePolicyCommand({ PolicyName: 'managed', PolicyDocument: allow('sqs:*', '*') }),
  )
  await roles.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: Policy?.Arn }))
  expect((await roles.send(new ListAttachedRolePoliciesCommand({ RoleName }))).AttachedPolicies).toEqual([
    { PolicyArn: Policy?.Arn, PolicyName: 'managed' },
  ])
  await expect(roles.send(new DeleteRoleCommand({ RoleName }))).rejects.toMatchObject({
    name: 'DeleteConflictException',
  })
  await roles.send(new DetachRolePolicyCommand({ RoleName, PolicyArn: Policy?.Arn }))
  await roles.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: 'p' }))
  await roles.send(new DeleteRoleCommand({ RoleName }))
  await expect(roles.send(new GetRoleCommand({ RoleName }))).rejects.toMatchObject({ name: 'NoSuchEntityException' })
  expect((await roles.send(new ListRolesCommand({}))).Roles?.map((role) => role.RoleName)).not.toContain(RoleName)
  await expect(
    roles.send(new CreateRoleCommand({ RoleName: 'bad', AssumeRolePolicyDocument: '{' })),
  ).rejects.toMatchObject({ name: 'MalformedPolicyDocumentException' })
})

test('a session of a role signs until it expires, and only with its token', async () => {
  const { Role } = await roles.send(new CreateRoleCommand({ RoleName: 'worker', AssumeRolePolicyDocument: byAccount }))
  const credentials = await assumed(Role?.Arn)
  const as = (credentials: object) =>
    new STSClient({ ...platform.client, credentials: credentials as never }).send(new GetCallerIdentityCommand({}))
  expect(await as(credentials)).toMatchObject({
    Arn: 'arn:aws:sts::000000000000:assumed-role/worker/test',
    UserId: `${Role?.RoleId}:test`,
  })
  const { sessionToken, ...bare } = credentials
  await expect(as(bare)).rejects.toMatchObject({ name: 'InvalidClientTokenId' })
  await expect(as({ ...credentials, sessionToken: `${sessionToken}x` })).rejects.toMatchObject({
    name: 'InvalidClientTokenId',
  })
  await expect(as({ ...credentials, secretAccessKey: 'x' })).rejects.toMatchObject({ name: 'SignatureDoesNotMatch' })
  now = 3_600_000
  const late = { ...platform.client, credentials: { ...credentials } as never, systemClockOffset: now }
  await expect(new STSClient(late).send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
    name: 'ExpiredToken',
  })
  now = 0
  const inside = platform.platform.credentialsFor(String(Role?.Arn), 'job-1')
  expect((await as(inside)).Arn).toBe('arn:aws:sts::000000000000:assumed-role/worker/job-1')
})

test('only whom the trust policy names may assume a role', async () => {
  const { Role } = await roles.send(
    new CreateRoleCommand({
      RoleName: 'lambda-only',
      AssumeRolePolicyDocument: trust({ Service: 'lambda.amazonaws.com' }),
    }),
  )
  await expect(assumed(Role?.Arn)).rejects.toMatchObject({ name: 'AccessDenied' })
  await expect(assumed('arn:aws:iam::000000000000:role/absent')).rejects.toMatchObject({ name: 'AccessDenied' })
})

test('a role is refused what nothing allows, in the words of the service', async () => {
  const RoleName = 'limited'
  const { Role } = await roles.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: byAccount }))
  const PolicyDocument = allow('iam:Get*', 'arn:aws:iam::*:role/limite?')
  await roles.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'read', PolicyDocument }))
  const limited = new IAMClient({ ...platform.client, credentials: await assumed(Role?.Arn) })
  await limited.send(new GetRoleCommand({ RoleName }))
  await expect(limited.send(new ListRolePoliciesCommand({ RoleName }))).rejects.toMatchObject({
    name: 'AccessDenied',
    message:
      'User: arn:aws:sts::000000000000:assumed-role/limited/test is not authorized to perform: iam:ListRolePolicies on resource: arn:aws:iam::000000000000:role/limited because no identity-based policy allows the iam:ListRolePolicies action',
  })
})
