import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import {
  CloudFormationClient,
  CreateChangeSetCommand,
  CreateStackCommand,
  DeleteChangeSetCommand,
  DeleteStackCommand,
  DescribeChangeSetCommand,
  DescribeStackEventsCommand,
  DescribeStackResourceCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
  GetTemplateSummaryCommand,
  ListStackResourcesCommand,
  UpdateStackCommand,
  ValidateTemplateCommand,
} from '@aws-sdk/client-cloudformation'
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { strToU8, zipSync } from 'fflate'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { RunningPlatform } from '../../core/create-platform.ts'
import { createPlatform } from '../../core/create-platform.ts'
import * as iam from '../iam/index.ts'
import * as kinesis from '../kinesis/index.ts'
import * as lambda from '../lambda/index.ts'
import * as s3 from '../s3/index.ts'
import * as sqs from '../sqs/index.ts'
import * as cloudformation from './index.ts'

const root = { kind: 'root', arn: 'arn:aws:iam::000000000000:root' } as const
const stateDir = mkdtempSync(join(tmpdir(), 'hopline-stacks-'))
let running: RunningPlatform
let client: CloudFormationClient
let StackName: string
let names = 0

beforeAll(async () => {
  running = await createPlatform({ stateDir, services: [iam, s3, sqs, kinesis, lambda, cloudformation], pace: 1000 })
  const { platform, accessKeyId, secretAccessKey } = running
  client = new CloudFormationClient({
    endpoint: platform.url,
    region: platform.region,
    credentials: { accessKeyId, secretAccessKey },
  })
})
beforeEach(() => {
  StackName = `stack-${(names += 1)}`
})
afterAll(async () => {
  await running.close()
  rmSync(stateDir, { recursive: true, force: true })
})

const bucket = (name: string, more: object = {}) => ({
  Type: 'AWS::S3::Bucket',
  Properties: { BucketName: name, ...more },
})
const body = (Resources: object, more: object = {}) => JSON.stringify({ Resources, ...more })
const call = <O>(service: string, operation: string, input: object) =>
  running.platform.call<O>(service, operation, input, root)
const putObject = async (Bucket: string, Key: string, Body: Uint8Array) => {
  const { platform, accessKeyId, secretAccessKey } = running
  const credentials = { accessKeyId, secretAccessKey }
  const storage = new S3Client({ endpoint: platform.url, region: 'us-east-1', credentials, forcePathStyle: true })
  await storage.send(new PutObjectCommand({ Bucket, Key, Body }))
}
const exists = (Bucket: string) =>
  running.platform.call('s3', 'HeadBucket', { Bucket }, root).then(
    () => true,
    () => false,
  )
const stackOf = async (name: string) => (await client.send(new DescribeStacksCommand({ StackName: name }))).Stacks?.[0]
const settled = async (name = StackName) => {
  for (;;) {
    const stack = await stackOf(name)
    if (!stack?.StackStatus?.endsWith('_IN_PROGRESS')) return stack
    await wait(10)
  }
}
const create = async (TemplateBody: string, more: object = {}) => {
  await client.send(new CreateStackCommand({ StackName, TemplateBody, ...more }))
  return settled()
}
const update = async (TemplateBody: string, more: object = {}) => {
  await client.send(new UpdateStackCommand({ StackName, TemplateBody, ...more }))
  return settled()
}
const events = async (name = StackName) => {
  const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName: name }))
  return StackEvents.map(({ LogicalResourceId, ResourceStatus, ResourceStatusReason = '' }) =>
    `${LogicalResourceId} ${ResourceStatus} ${ResourceStatusReason}`.trim(),
  ).toReversed()
}

describe('a change set', () => {
  test('creates a stack, changes it, and says when there is nothing to change', async () => {
    await expect(stackOf(StackName)).rejects.toMatchObject({
      name: 'ValidationError',
      message: `Stack with id ${StackName} does not exist`,
    })
    const ChangeSetName = 'changes'
    const names = { StackName, ChangeSetName }
    const first = body({ A: bucket('one-a') }, { Outputs: { Name: { Value: { Ref: 'A' }, Export: { Name: 'x' } } } })
    await client.send(
      new CreateChangeSetCommand({ ...names, ChangeSetType: 'CREATE', TemplateBody: first, Parameters: [] }),
    )
    expect((await stackOf(StackName))?.StackStatus).toBe('REVIEW_IN_PROGRESS')
    const described = await client.send(new DescribeChangeSetCommand(names))
    expect(described).toMatchObject({
      Status: 'CREATE_COMPLETE',
      ExecutionStatus: 'AVAILABLE',
      Changes: [
        {
          Type: 'Resource',
          ResourceChange: { Action: 'Add', LogicalResourceId: 'A', ResourceType: 'AWS::S3::Bucket' },
        },
      ],
    })
    await client.send(new ExecuteChangeSetCommand(names))
    expect(await settled()).toMatchObject({
      StackStatus: 'CREATE_COMPLETE',
      Outputs: [{ OutputKey: 'Name', OutputValue: 'one-a', ExportName: 'x' }],
      CreationTime: expect.any(Date),
    })
    await client.send(new DeleteChangeSetCommand(names))

    await running.platform.call(
      's3',
      'PutBucketVersioning',
      { Bucket: 'one-a', VersioningConfiguration: { Status: 'Enabled' } },
      root,
    )
    await client.send(new CreateChangeSetCommand({ ...names, TemplateBody: first }))
    expect(await client.send(new DescribeChangeSetCommand(names))).toMatchObject({
      Status: 'FAILED',
      StatusReason:
        "The submitted information didn't contain changes. Submit different information to create a change set.",
    })
    await client.send(new DeleteChangeSetCommand(names))

    const second = body({ A: bucket('one-a', { Tags: [{ Key: 'k', Value: 'v' }] }), B: bucket('one-b') })
    await client.send(new CreateChangeSetCommand({ ...names, TemplateBody: second }))
    const { Changes } = await client.send(new DescribeChangeSetCommand(names))
    expect(
      Changes?.map(({ ResourceChange: change }) => [change?.Action, change?.LogicalResourceId, change?.Replacement]),
    ).toEqual([
      ['Add', 'B', undefined],
      ['Modify', 'A', 'False'],
    ])
    await client.send(new ExecuteChangeSetCommand(names))
    expect((await settled())?.StackStatus).toBe('UPDATE_COMPLETE')
    const { StackResourceSummaries } = await client.send(new ListStackResourcesCommand({ StackName }))
    expect(StackResourceSummaries?.map((one) => one.PhysicalResourceId)).toEqual(['one-a', 'one-b'])
    const { StackResourceDetail } = await client.send(
      new DescribeStackResourceCommand({ StackName, LogicalResourceId: 'B' }),
    )
    expect(StackResourceDetail?.PhysicalResourceId).toBe('one-b')
  })

  test('finds its template by the path of a URL whose host is the real S3', async () => {
    await running.platform.call('s3', 'CreateBucket', { Bucket: 'templates' }, root)
    await putObject('templates', 'a/b c.json', strToU8(body({ A: bucket('by-url') })))
    const TemplateURL = 'https://s3.amazonaws.com/templates/a/b%20c.json'
    expect(await client.send(new ValidateTemplateCommand({ TemplateURL }))).toMatchObject({ Capabilities: [] })
    expect(await client.send(new GetTemplateSummaryCommand({ TemplateURL }))).toMatchObject({
      ResourceTypes: ['AWS::S3::Bucket'],
      Parameters: [],
    })
    await client.send(new CreateStackCommand({ StackName, TemplateURL }))
    expect((await settled())?.StackStatus).toBe('CREATE_COMPLETE')
  })
})

describe('a stack', () => {
  test('that cannot be created is rolled back, with the reason of the resource', async () => {
    const stack = await create(
      body({ A: bucket('rolled-a'), B: { ...bucket('rolled-b', { Colour: 'red' }), DependsOn: 'A' } }),
    )
    expect(stack?.StackStatus).toBe('ROLLBACK_COMPLETE')
    expect(await events()).toEqual([
      `${StackName} REVIEW_IN_PROGRESS User Initiated`,
      `${StackName} CREATE_IN_PROGRESS User Initiated`,
      'A CREATE_IN_PROGRESS',
      'A CREATE_COMPLETE',
      'B CREATE_FAILED Properties validation failed with message: [#: extraneous key [Colour] is not permitted]',
      `${StackName} ROLLBACK_IN_PROGRESS The following resource(s) failed to create: [B]. Rollback requested by user.`,
      'A DELETE_IN_PROGRESS',
      'A DELETE_COMPLETE',
      `${StackName} ROLLBACK_COMPLETE`,
    ])
    expect(await exists('rolled-a')).toBe(false)
    await expect(update(body({ A: bucket('rolled-a') }))).rejects.toThrow(
      'is in ROLLBACK_COMPLETE state and can not be updated',
    )
  })

  test('that cannot be updated is as it was before', async () => {
    await create(body({ A: bucket('kept-a', { VersioningConfiguration: { Status: 'Enabled' } }), C: bucket('kept-c') }))
    const stack = await update(
      body({
        A: bucket('kept-a', { VersioningConfiguration: { Status: 'Suspended' } }),
        B: { ...bucket('kept-b'), DependsOn: 'A' },
        D: { ...bucket('kept-c'), DependsOn: 'B' },
      }),
    )
    expect(stack?.StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE')
    expect(await events()).toContainEqual(expect.stringMatching(/^D CREATE_FAILED .*\(BucketAlreadyOwnedByYou\)$/))
    expect([await exists('kept-a'), await exists('kept-b'), await exists('kept-c')]).toEqual([true, false, true])
    const versioning = await running.platform.call('s3', 'GetBucketVersioning', { Bucket: 'kept-a' }, root)
    expect(versioning).toEqual({ Status: 'Enabled' })
    await expect(client.send(new UpdateStackCommand({ StackName, UsePreviousTemplate: true }))).rejects.toThrow(
      'No updates are to be performed.',
    )
  })

  test('replaces a resource whose name changes, and moves what refers to it', async () => {
    const policy = {
      Type: 'AWS::S3::BucketPolicy',
      Properties: { Bucket: { Ref: 'A' }, PolicyDocument: { Statement: [] } },
    }
    await create(body({ A: bucket('old-name'), P: policy }))
    expect((await update(body({ A: bucket('new-name'), P: policy })))?.StackStatus).toBe('UPDATE_COMPLETE')
    expect([await exists('old-name'), await exists('new-name')]).toEqual([false, true])
    expect(await running.platform.call('s3', 'GetBucketPolicy', { Bucket: 'new-name' }, root)).toMatchObject({
      Policy: '{"Statement":[]}',
    })
  })

  test('goes with its resources, but for those to be retained', async () => {
    const template = body({ A: bucket('gone-a'), K: { ...bucket('gone-k'), DeletionPolicy: 'Retain' } })
    const created = await create(template)
    const StackId = created?.StackId ?? ''
    await client.send(new DeleteStackCommand({ StackName }))
    expect((await settled(StackId))?.StackStatus).toBe('DELETE_COMPLETE')
    await expect(stackOf(StackName)).rejects.toThrow('does not exist')
    expect(await events(StackId)).toContain('K DELETE_SKIPPED')
    expect([await exists('gone-a'), await exists('gone-k')]).toEqual([false, true])
  })

  test('may hold a network without effect, whose references and properties are checked', async () => {
    const network = {
      Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
      Subnet: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'Vpc' }, CidrBlock: { Ref: 'Cidr' } } },
      Group: {
        Type: 'AWS::EC2::SecurityGroup',
        Properties: { GroupDescription: 'f', VpcId: { Ref: 'Vpc' }, SecurityGroupEgress: [{ IpProtocol: '-1' }] },
      },
      Objects: {
        Type: 'AWS::EC2::VPCEndpoint',
        Properties: { VpcId: { Ref: 'Vpc' }, ServiceName: { 'Fn::Sub': 'com.amazonaws.${AWS::Region}.s3' } },
      },
    }
    const more = {
      Parameters: { Cidr: { Type: 'String', Default: '10.0.0.0/24' } },
      Outputs: { Group: { Value: { 'Fn::GetAtt': ['Group', 'GroupId'] } } },
    }
    const stack = await create(body(network, more))
    expect(stack?.Outputs?.[0]?.OutputValue).toMatch(/^sg-0[0-9a-f]{16}$/)
    const wrong = { ...network, Vpc: { ...network.Vpc, Properties: { CidrBlock: '10.0.0.0/16', Colour: 'red' } } }
    expect((await update(body(wrong, more)))?.StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE')
    expect((await events()).at(-2)).toBe(
      `${StackName} UPDATE_ROLLBACK_IN_PROGRESS The following resource(s) failed to update: [Vpc].`,
    )
    expect((await stackOf(StackName))?.Outputs).toEqual(stack?.Outputs)
  })

  test('joins functions to streams and queues', async () => {
    await call('s3', 'CreateBucket', { Bucket: 'code' })
    await putObject('code', 'f.zip', zipSync({ 'index.js': strToU8('exports.handler = async () => {}') }))
    const allowed = ['sqs', 'kinesis'].map((service) => ({ Effect: 'Allow', Action: `${service}:*`, Resource: '*' }))
    const template = (more: object) =>
      body({
        Role: {
          Type: 'AWS::IAM::Role',
          Properties: {
            AssumeRolePolicyDocument: {
              Statement: [
                { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } },
              ],
            },
            Policies: [{ PolicyName: 'work', PolicyDocument: { Version: '2012-10-17', Statement: allowed } }],
          },
        },
        Fn: {
          Type: 'AWS::Lambda::Function',
          Properties: {
            Code: { S3Bucket: 'code', S3Key: 'f.zip' },
            Handler: 'index.handler',
            Runtime: 'nodejs24.x',
            Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
          },
        },
        Events: { Type: 'AWS::Kinesis::Stream', Properties: { ShardCount: 1, RetentionPeriodHours: 48 } },
        Letters: { Type: 'AWS::SQS::Queue' },
        Read: {
          Type: 'AWS::Lambda::EventSourceMapping',
          Properties: {
            EventSourceArn: { 'Fn::GetAtt': ['Events', 'Arn'] },
            FunctionName: { Ref: 'Fn' },
            StartingPosition: 'LATEST',
            ...more,
          },
        },
        Receive: {
          Type: 'AWS::Lambda::EventSourceMapping',
          Properties: { EventSourceArn: { 'Fn::GetAtt': ['Letters', 'Arn'] }, FunctionName: { Ref: 'Fn' } },
        },
      })
    const Capabilities = ['CAPABILITY_IAM']
    const stack = await create(template({ BatchSize: 5 }), { Capabilities })
    expect([stack?.StackStatus, ...(await events()).filter((event) => event.includes('FAILED'))]).toEqual([
      'CREATE_COMPLETE',
    ])
    const mappings = async () => {
      const { EventSourceMappings } = await call<{ EventSourceMappings: { UUID: string; BatchSize: number }[] }>(
        'lambda',
        'ListEventSourceMappings',
        {},
      )
      return EventSourceMappings.toSorted((a, b) => a.BatchSize - b.BatchSize)
    }
    const before = await mappings()
    expect(before).toMatchObject([{ BatchSize: 5, StartingPosition: 'LATEST' }, { BatchSize: 10 }])
    await update(template({ BatchSize: 6, BisectBatchOnFunctionError: true }), { Capabilities })
    expect(await mappings()).toMatchObject([
      { UUID: before[0]?.UUID, BatchSize: 6, BisectBatchOnFunctionError: true },
      { UUID: before[1]?.UUID },
    ])
    await client.send(new DeleteStackCommand({ StackName }))
    expect((await settled(stack?.StackId))?.StackStatus).toBe('DELETE_COMPLETE')
    expect(await mappings()).toEqual([])
  })

  test('that needs a capability, has a parameter without value, or a wrong type, is refused at once', async () => {
    const role = { Type: 'AWS::IAM::Role', Properties: { RoleName: 'r', AssumeRolePolicyDocument: {} } }
    await expect(create(body({ R: role }))).rejects.toMatchObject({ name: 'InsufficientCapabilitiesException' })
    await expect(create(body({ A: bucket('x') }, { Parameters: { P: { Type: 'String' } } }))).rejects.toThrow(
      '[P] must have values',
    )
    await expect(create(body({ A: { Type: 'AWS::No::Such' } }))).rejects.toThrow(
      'Unrecognized resource types: [AWS::No::Such]',
    )
    await expect(create('{}', { RoleARN: 'arn:aws:iam::000000000000:role/deployer' })).rejects.toThrow(
      "Unknown member 'RoleARN'",
    )
  })
})
