import {
  CreatePolicyCommand,
  CreateRoleCommand,
  DeletePolicyCommand,
  GetRoleCommand,
  IAMClient,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam'
import { CreateFunctionCommand, LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda'
import {
  CreateBucketCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutBucketPolicyCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { CreateModelCommand, SageMakerClient } from '@aws-sdk/client-sagemaker'
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { CreateStateMachineCommand, SFNClient } from '@aws-sdk/client-sfn'
import { CreateQueueCommand, SendMessageCommand, SetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs'
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { capableRole, temporaryPlatform } from '../../core/testing.ts'
import { services } from '../index.ts'

let local: Awaited<ReturnType<typeof temporaryPlatform>>
let iam: IAMClient
let s3: S3Client
let names = 0
let RoleName: string
let roleArn: string
/** Settings of a client that is a session of the test's role. */
let session: ReturnType<typeof sessionOf>
const bucket = 'guarded'

const sessionOf = (arn: string) => ({
  endpoint: local.platform.url,
  region: local.platform.region,
  credentials: local.platform.credentialsFor(arn, 'test'),
  maxAttempts: 1,
})
const document = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement })
const allow = (Action: string | string[], Resource: string | string[], more: object = {}) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
})
const permit = (...statements: object[]) =>
  iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'work', PolicyDocument: document(...statements) }))
const trust = (Principal: object, more: object = {}) =>
  document({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal, ...more })
const sessionS3 = () => new S3Client({ ...session, forcePathStyle: true })

beforeAll(async () => {
  local = await temporaryPlatform({ services })
  iam = new IAMClient(local.client)
  s3 = new S3Client({ ...local.client, forcePathStyle: true })
  await s3.send(new CreateBucketCommand({ Bucket: bucket }))
  await s3.send(new PutObjectCommand({ Bucket: bucket, Key: 'log/a', Body: 'a' }))
})
afterAll(() => local.end())
beforeEach(async () => {
  RoleName = `worker-${++names}`
  const AssumeRolePolicyDocument = trust({ AWS: 'arn:aws:iam::000000000000:root' })
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }))
  roleArn = Role?.Arn ?? ''
  session = sessionOf(roleArn)
})

describe('S3', () => {
  const list = (Prefix?: string) => sessionS3().send(new ListObjectsV2Command({ Bucket: bucket, Prefix }))
  const get = (Key: string) => sessionS3().send(new GetObjectCommand({ Bucket: bucket, Key }))

  test('is read under the prefixes that a condition names', async () => {
    await permit(
      allow('s3:ListBucket', `arn:aws:s3:::${bucket}`, { Condition: { StringLike: { 's3:prefix': 'log/*' } } }),
    )
    expect((await list('log/')).Contents).toHaveLength(1)
    const refused = {
      name: 'AccessDenied',
      $metadata: { httpStatusCode: 403 },
      message: `User: arn:aws:sts::000000000000:assumed-role/${RoleName}/test is not authorized to perform: s3:ListBucket on resource: "arn:aws:s3:::${bucket}" because no identity-based policy allows the s3:ListBucket action`,
    }
    await expect(list('other/')).rejects.toMatchObject(refused)
    await expect(list()).rejects.toMatchObject(refused)
  })

  test('tells of a missing object only who may list the bucket', async () => {
    await permit(allow('s3:GetObject', `arn:aws:s3:::${bucket}/*`))
    await expect(get('log/none')).rejects.toMatchObject({ name: 'AccessDenied' })
    const head = new HeadObjectCommand({ Bucket: bucket, Key: 'log/none' })
    await expect(sessionS3().send(head)).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } })
    await permit(allow(['s3:GetObject', 's3:ListBucket'], '*'))
    await expect(get('log/none')).rejects.toMatchObject({ name: 'NoSuchKey' })
  })

  test('deletes of many objects those that may be deleted', async () => {
    for (const Key of ['bin/a', 'kept/a']) await s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body: 'x' }))
    await permit(allow('s3:DeleteObject', `arn:aws:s3:::${bucket}/bin/*`))
    const Delete = { Objects: [{ Key: 'bin/a' }, { Key: 'kept/a' }] }
    const { Deleted, Errors } = await sessionS3().send(new DeleteObjectsCommand({ Bucket: bucket, Delete }))
    expect(Deleted).toEqual([{ Key: 'bin/a' }])
    expect(Errors).toMatchObject([{ Key: 'kept/a', Code: 'AccessDenied' }])
  })

  test('follows the bucket’s policy: it lets a role in, and its deny wins over root', async () => {
    const put = (...statements: object[]) =>
      s3.send(new PutBucketPolicyCommand({ Bucket: bucket, Policy: document(...statements) }))
    await expect(get('log/a')).rejects.toMatchObject({ name: 'AccessDenied' })
    await put(allow('s3:GetObject', `arn:aws:s3:::${bucket}/*`, { Principal: { AWS: roleArn } }))
    expect(await (await get('log/a')).Body?.transformToString()).toBe('a')
    await put({ ...allow('s3:GetObject', `arn:aws:s3:::${bucket}/log/*`, { Principal: '*' }), Effect: 'Deny' })
    await expect(s3.send(new GetObjectCommand({ Bucket: bucket, Key: 'log/a' }))).rejects.toMatchObject({
      message: expect.stringContaining('with an explicit deny in a resource-based policy'),
    })
    await expect(put({ ...allow('s3:GetObject', '*'), Effect: 'Maybe' })).rejects.toMatchObject({
      name: 'MalformedPolicy',
    })
    await put()
  })
})

test('SQS writes actions in small letters, and lets in whom the queue’s policy names', async () => {
  const { QueueUrl } = await new SQSClient(local.client).send(new CreateQueueCommand({ QueueName: 'guarded' }))
  const send = () => new SQSClient(session).send(new SendMessageCommand({ QueueUrl, MessageBody: 'x' }))
  await expect(send()).rejects.toMatchObject({
    name: 'AccessDenied',
    $metadata: { httpStatusCode: 403 },
    message: expect.stringContaining(
      'is not authorized to perform: sqs:sendmessage on resource: arn:aws:sqs:us-east-1:000000000000:guarded because no identity-based policy allows the sqs:sendmessage action',
    ),
  })
  const Policy = document(
    allow('SQS:SendMessage', 'arn:aws:sqs:us-east-1:000000000000:guarded', { Principal: { AWS: roleArn } }),
  )
  await new SQSClient(local.client).send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }))
  expect((await send()).MessageId).toBeDefined()
})

test.each<[string, () => Promise<unknown>, number]>([
  ['lambda:ListFunctions', () => new LambdaClient(session).send(new ListFunctionsCommand({})), 403],
  [
    'secretsmanager:GetSecretValue',
    () => new SecretsManagerClient(session).send(new GetSecretValueCommand({ SecretId: 'x' })),
    400,
  ],
])('%s is refused as AccessDeniedException', async (action, call, httpStatusCode) => {
  await expect(call()).rejects.toMatchObject({
    name: 'AccessDeniedException',
    $metadata: { httpStatusCode },
    message: expect.stringContaining(
      `assumed-role/${RoleName}/test is not authorized to perform: ${action} on resource: `,
    ),
  })
})

test('a permissions boundary limits a role, and its policy stays as long as a role has it', async () => {
  const PolicyDocument = document(allow('s3:GetObject', '*'))
  const { Policy } = await iam.send(new CreatePolicyCommand({ PolicyName: 'limit', PolicyDocument }))
  RoleName = 'limited'
  const { Role } = await iam.send(
    new CreateRoleCommand({
      RoleName,
      AssumeRolePolicyDocument: trust({ AWS: '000000000000' }),
      PermissionsBoundary: Policy?.Arn,
    }),
  )
  await permit(allow('s3:*', '*'))
  expect((await iam.send(new GetRoleCommand({ RoleName }))).Role?.PermissionsBoundary).toEqual({
    PermissionsBoundaryType: 'Policy',
    PermissionsBoundaryArn: Policy?.Arn,
  })
  const client = new S3Client({ ...sessionOf(Role?.Arn ?? ''), forcePathStyle: true })
  await client.send(new GetObjectCommand({ Bucket: bucket, Key: 'log/a' }))
  await expect(client.send(new PutObjectCommand({ Bucket: bucket, Key: 'b', Body: 'b' }))).rejects.toMatchObject({
    message: expect.stringContaining('because no permissions boundary allows the s3:PutObject action'),
  })
  await expect(iam.send(new DeletePolicyCommand({ PolicyArn: Policy?.Arn }))).rejects.toMatchObject({
    name: 'DeleteConflictException',
  })
})

test('a role is taken on with the external id that its trust asks for', async () => {
  const condition = { Condition: { StringEquals: { 'sts:ExternalId': 'secret' } } }
  const AssumeRolePolicyDocument = trust({ AWS: '000000000000' }, condition)
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName: 'external', AssumeRolePolicyDocument }))
  const assume = (ExternalId?: string) =>
    new STSClient(local.client).send(new AssumeRoleCommand({ RoleArn: Role?.Arn, RoleSessionName: 'me', ExternalId }))
  expect((await assume('secret')).AssumedRoleUser?.Arn).toBe('arn:aws:sts::000000000000:assumed-role/external/me')
  await expect(assume()).rejects.toMatchObject({ name: 'AccessDenied' })
})

describe('a role that is passed on', () => {
  const createFunction = (Role: string) =>
    new LambdaClient(session).send(
      new CreateFunctionCommand({
        FunctionName: 'f',
        Role,
        Handler: 'i.h',
        Runtime: 'nodejs24.x',
        Code: { ZipFile: new Uint8Array() },
      }),
    )
  const image = '683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-scikit-learn:1.4-2-py312-cpu-py3'
  const createModel = (ExecutionRoleArn: string) =>
    new SageMakerClient(session).send(
      new CreateModelCommand({ ModelName: `m-${names}`, ExecutionRoleArn, PrimaryContainer: { Image: image } }),
    )
  const createMachine = (roleArn: string, Resource = 'arn:aws:states:::lambda:invoke') =>
    new SFNClient(session).send(
      new CreateStateMachineCommand({
        name: `machine-${names}`,
        roleArn,
        definition: JSON.stringify({
          QueryLanguage: 'JSONata',
          StartAt: 'Do',
          States: { Do: { Type: 'Task', Resource, Arguments: {}, End: true } },
        }),
      }),
    )
  const passing = (roles: string, service: string) =>
    allow('iam:PassRole', roles, { Condition: { StringEquals: { 'iam:PassedToService': service } } })
  const creating = allow(['lambda:CreateFunction', 'sagemaker:CreateModel', 'states:CreateStateMachine'], '*')

  test('needs iam:PassRole to the service that gets it', async () => {
    const other = capableRole(local.platform, 'passed', 'lambda.amazonaws.com', 'sagemaker.amazonaws.com')
    await permit(creating, passing(other, 'sagemaker.amazonaws.com'))
    expect((await createModel(other)).ModelArn).toContain(`model/m-${names}`)
    await expect(createFunction(other)).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining(
        `iam:PassRole on resource: ${other} because no identity-based policy allows the iam:PassRole action`,
      ),
    })
  })

  test.each<[string, (role: string) => Promise<unknown>, object]>([
    [
      'Lambda',
      createFunction,
      {
        name: 'InvalidParameterValueException',
        message: 'The role defined for the function cannot be assumed by Lambda.',
      },
    ],
    [
      'SageMaker',
      createModel,
      {
        name: 'ValidationException',
        message: expect.stringContaining("allows principal 'sagemaker.amazonaws.com' to assume the role."),
      },
    ],
    [
      'Step Functions',
      createMachine,
      {
        name: 'AccessDeniedException',
        message:
          'Neither the global service principal states.amazonaws.com, nor the regional one is authorized to assume the provided role.',
      },
    ],
  ])('must trust %s', async (_, create, refused) => {
    await permit(creating, allow('iam:PassRole', '*'))
    await expect(create(capableRole(local.platform, 'elsewhere', 'events.amazonaws.com'))).rejects.toMatchObject(
      refused,
    )
    await expect(create('arn:aws:iam::000000000000:role/absent')).rejects.toMatchObject(refused)
  })

  test('to a machine that waits for jobs must be able to keep the rule that wakes it', async () => {
    await permit(creating, allow('iam:PassRole', '*'))
    const AssumeRolePolicyDocument = trust({ Service: 'states.amazonaws.com' })
    const { Role } = await iam.send(new CreateRoleCommand({ RoleName: 'machine', AssumeRolePolicyDocument }))
    const sync = () => createMachine(Role?.Arn ?? '', 'arn:aws:states:::sagemaker:createTrainingJob.sync')
    await expect(sync()).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: `'${Role?.Arn}' is not authorized to create managed-rule.`,
    })
    const PolicyDocument = document(
      allow(
        ['events:PutTargets', 'events:PutRule', 'events:DescribeRule'],
        'arn:aws:events:us-east-1:000000000000:rule/StepFunctionsGetEventsForSageMakerTrainingJobsRule',
      ),
    )
    await iam.send(new PutRolePolicyCommand({ RoleName: 'machine', PolicyName: 'wait', PolicyDocument }))
    expect((await sync()).stateMachineArn).toContain('machine-')
  })
})
