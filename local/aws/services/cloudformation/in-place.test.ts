import { ApiGatewayV2Client, GetTagsCommand as GetGatewayTagsCommand } from '@aws-sdk/client-apigatewayv2'
import { CloudFormationClient, CreateStackCommand, UpdateStackCommand } from '@aws-sdk/client-cloudformation'
import { DescribeStacksCommand, DescribeStackResourcesCommand } from '@aws-sdk/client-cloudformation'
import { CloudWatchLogsClient, ListTagsForResourceCommand } from '@aws-sdk/client-cloudwatch-logs'
import {
  EMRServerlessClient,
  GetApplicationCommand,
  ListTagsForResourceCommand as ListApplicationTagsCommand,
  StartApplicationCommand,
  StopApplicationCommand,
  UpdateApplicationCommand,
} from '@aws-sdk/client-emr-serverless'
import { EventBridgeClient, ListTagsForResourceCommand as ListRuleTagsCommand } from '@aws-sdk/client-eventbridge'
import { GetTagsCommand, GlueClient } from '@aws-sdk/client-glue'
import { GetRoleCommand, IAMClient } from '@aws-sdk/client-iam'
import { GetFunctionCommand, LambdaClient, ListTagsCommand as ListFunctionTagsCommand } from '@aws-sdk/client-lambda'
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { ListTagsCommand, SageMakerClient } from '@aws-sdk/client-sagemaker'
import { DescribeSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import {
  DescribeStateMachineCommand,
  ListTagsForResourceCommand as ListMachineTagsCommand,
  SFNClient,
} from '@aws-sdk/client-sfn'
import {
  GetTopicAttributesCommand,
  ListSubscriptionsByTopicCommand,
  ListTagsForResourceCommand as ListTopicTagsCommand,
  SNSClient,
} from '@aws-sdk/client-sns'
import { GetQueueAttributesCommand, ListQueueTagsCommand, SQSClient } from '@aws-sdk/client-sqs'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { strToU8, zipSync } from 'fflate'
import { capableRole, temporaryPlatform } from '../../core/testing.ts'
import { until } from '../../core/until.ts'
import * as apigateway from '../apigateway/index.ts'
import * as emr from '../emr-serverless/index.ts'
import * as events from '../events/index.ts'
import * as glue from '../glue/index.ts'
import * as iam from '../iam/index.ts'
import * as lambda from '../lambda/index.ts'
import * as logs from '../logs/index.ts'
import * as s3 from '../s3/index.ts'
import * as sagemaker from '../sagemaker/index.ts'
import * as secretsmanager from '../secretsmanager/index.ts'
import * as sns from '../sns/index.ts'
import * as sqs from '../sqs/index.ts'
import * as states from '../states/index.ts'
import * as cloudformation from './index.ts'

let running: Awaited<ReturnType<typeof temporaryPlatform>>
let client: CloudFormationClient
let RoleArn: string
beforeAll(async () => {
  const services = [
    apigateway,
    emr,
    events,
    glue,
    iam,
    lambda,
    logs,
    s3,
    sagemaker,
    secretsmanager,
    sns,
    sqs,
    states,
    cloudformation,
  ]
  running = await temporaryPlatform({ services, pace: 1000 })
  client = new CloudFormationClient(running.client)
  const principals = ['lambda', 'glue', 'states'].map((name) => `${name}.amazonaws.com`)
  RoleArn = capableRole(running.platform, 'capable', ...principals)
  const storage = new S3Client({ ...running.client, forcePathStyle: true })
  await storage.send(new CreateBucketCommand({ Bucket: 'code' }))
  const Body = zipSync({ 'index.js': strToU8('exports.handler = async () => {}') })
  await storage.send(new PutObjectCommand({ Bucket: 'code', Key: 'f.zip', Body }))
})
afterAll(() => running.end())

type Resources = Readonly<Record<string, { readonly Type: string; readonly Properties: object }>>

const settled = async (StackName: string) => {
  const { Stacks } = await until(
    () => client.send(new DescribeStacksCommand({ StackName })),
    (found) => found.Stacks?.[0]?.StackStatus?.endsWith('_IN_PROGRESS') === false,
  )
  return Stacks?.[0]?.StackStatus
}
const idsOf = async (StackName: string) => {
  const { StackResources = [] } = await client.send(new DescribeStackResourcesCommand({ StackName }))
  return Object.fromEntries(
    StackResources.map(({ LogicalResourceId: id = '', PhysicalResourceId = '' }) => [id, PhysicalResourceId]),
  )
}
/** Makes a stack and updates it; gives the physical ids, which an update in place leaves as they are. */
const updated = async (StackName: string, before: Resources, after: Resources) => {
  const Capabilities = ['CAPABILITY_IAM' as const]
  const bodyOf = (resources: Resources) => JSON.stringify({ Resources: resources })
  await client.send(new CreateStackCommand({ StackName, Capabilities, TemplateBody: bodyOf(before) }))
  expect(await settled(StackName)).toBe('CREATE_COMPLETE')
  const ids = await idsOf(StackName)
  await client.send(new UpdateStackCommand({ StackName, Capabilities, TemplateBody: bodyOf(after) }))
  expect(await settled(StackName)).toBe('UPDATE_COMPLETE')
  expect(await idsOf(StackName)).toEqual(ids)
  return ids
}

const trust = {
  Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }],
}
const machine = JSON.stringify({ StartAt: 'End', States: { End: { Type: 'Succeed' } } })
const code = { Code: { S3Bucket: 'code', S3Key: 'f.zip' }, Handler: 'index.handler', Runtime: 'nodejs24.x' }
const command = { Name: 'glueetl', ScriptLocation: 's3://code/job.py' }

test('tags follow the template', async () => {
  const tagged = (...Tags: { Key: string; Value: string }[]): Resources => {
    const map = Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value]))
    return {
      Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'api', ProtocolType: 'HTTP', Tags: map } },
      Application: {
        Type: 'AWS::EMRServerless::Application',
        Properties: { ReleaseLabel: 'emr-7.5.0', Type: 'SPARK', Tags },
      },
      Fn: { Type: 'AWS::Lambda::Function', Properties: { ...code, Role: RoleArn, Tags } },
      Group: { Type: 'AWS::SageMaker::ModelPackageGroup', Properties: { ModelPackageGroupName: 'group', Tags } },
      Job: { Type: 'AWS::Glue::Job', Properties: { Role: RoleArn, Command: command, Tags: map } },
      Log: { Type: 'AWS::Logs::LogGroup', Properties: { Tags } },
      Machine: { Type: 'AWS::StepFunctions::StateMachine', Properties: { RoleArn, DefinitionString: machine, Tags } },
      Queue: { Type: 'AWS::SQS::Queue', Properties: { Tags } },
      Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: trust, Tags } },
      Rule: { Type: 'AWS::Events::Rule', Properties: { EventPattern: { source: ['a'] }, Tags } },
      Secret: { Type: 'AWS::SecretsManager::Secret', Properties: { SecretString: 'x', Tags } },
      Stage: {
        Type: 'AWS::ApiGatewayV2::Stage',
        Properties: { ApiId: { Ref: 'Api' }, StageName: '$default', AutoDeploy: true, Tags: map },
      },
      Topic: { Type: 'AWS::SNS::Topic', Properties: { Tags } },
    }
  }
  const Tags = [
    { Key: 'changed', Value: '2' },
    { Key: 'new', Value: '3' },
  ]
  const ids = await updated(
    'tags',
    tagged({ Key: 'gone', Value: '0' }, { Key: 'changed', Value: '1' }),
    tagged(...Tags),
  )
  const map = { changed: '2', new: '3' }
  const arn = (service: string, rest: string) => `arn:aws:${service}:us-east-1:000000000000:${rest}`
  const at = running.client
  const listed = async (tags: Promise<{ Tags?: unknown; tags?: unknown }>) => {
    const { Tags: large, tags: small = large } = await tags
    return small
  }
  for (const path of [`apis/${ids['Api']}`, `apis/${ids['Api']}/stages/$default`]) {
    const tagged = new GetGatewayTagsCommand({ ResourceArn: `arn:aws:apigateway:us-east-1::/${path}` })
    expect((await new ApiGatewayV2Client(at).send(tagged)).Tags).toEqual(map)
  }
  const resourceArn = arn('emr-serverless', `/applications/${ids['Application']}`)
  expect(await listed(new EMRServerlessClient(at).send(new ListApplicationTagsCommand({ resourceArn })))).toEqual(map)
  const function_ = arn('lambda', `function:${ids['Fn']}`)
  expect(await listed(new LambdaClient(at).send(new ListFunctionTagsCommand({ Resource: function_ })))).toEqual(map)
  const group = new ListTagsCommand({ ResourceArn: ids['Group'] })
  expect(await listed(new SageMakerClient(at).send(group))).toEqual(Tags)
  const job = new GetTagsCommand({ ResourceArn: arn('glue', `job/${ids['Job']}`) })
  expect(await listed(new GlueClient(at).send(job))).toEqual(map)
  const log = new ListTagsForResourceCommand({ resourceArn: arn('logs', `log-group:${ids['Log']}`) })
  expect(await listed(new CloudWatchLogsClient(at).send(log))).toEqual(map)
  const machineTags = new ListMachineTagsCommand({ resourceArn: ids['Machine'] })
  expect(await listed(new SFNClient(at).send(machineTags))).toEqual([
    { key: 'changed', value: '2' },
    { key: 'new', value: '3' },
  ])
  expect(await listed(new SQSClient(at).send(new ListQueueTagsCommand({ QueueUrl: ids['Queue'] })))).toEqual(map)
  const { Role } = await new IAMClient(at).send(new GetRoleCommand({ RoleName: ids['Role'] }))
  expect(Role?.Tags).toEqual(Tags)
  const rule = new ListRuleTagsCommand({ ResourceARN: arn('events', `rule/${ids['Rule']}`) })
  expect(await listed(new EventBridgeClient(at).send(rule))).toEqual(Tags)
  const secret = new DescribeSecretCommand({ SecretId: ids['Secret'] })
  expect(await listed(new SecretsManagerClient(at).send(secret))).toEqual(Tags)
  expect(await listed(new SNSClient(at).send(new ListTopicTagsCommand({ ResourceArn: ids['Topic'] })))).toEqual(Tags)
})

test('what the template no longer says is as usual again', async () => {
  const dead = { Type: 'AWS::SQS::Queue', Properties: {} }
  const deadArn = { 'Fn::GetAtt': ['Dead', 'Arn'] }
  const log = { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: '/machine' } }
  const resources = (more: Readonly<Record<string, object>>): Resources => ({
    Dead: dead,
    Log: log,
    Fn: { Type: 'AWS::Lambda::Function', Properties: { ...code, Role: RoleArn, ...more['Fn'] } },
    Machine: {
      Type: 'AWS::StepFunctions::StateMachine',
      Properties: { RoleArn, DefinitionString: machine, ...more['Machine'] },
    },
    Queue: { Type: 'AWS::SQS::Queue', Properties: { ...more['Queue'] } },
    Topic: { Type: 'AWS::SNS::Topic', Properties: { ...more['Topic'] } },
  })
  const Destinations = [{ CloudWatchLogsLogGroup: { LogGroupArn: { 'Fn::GetAtt': ['Log', 'Arn'] } } }]
  const ids = await updated(
    'usual',
    resources({
      Fn: {
        Timeout: 9,
        MemorySize: 256,
        DeadLetterConfig: { TargetArn: deadArn },
        TracingConfig: { Mode: 'Active' },
        EphemeralStorage: { Size: 1024 },
        LoggingConfig: { LogGroup: '/other' },
        Environment: { Variables: { A: '1' } },
      },
      Machine: {
        LoggingConfiguration: { Level: 'ALL', IncludeExecutionData: true, Destinations },
        TracingConfiguration: { Enabled: true },
      },
      Queue: { VisibilityTimeout: 90, RedrivePolicy: { deadLetterTargetArn: deadArn, maxReceiveCount: 3 } },
      Topic: {
        DisplayName: 'shown',
        KmsMasterKeyId: 'alias/k',
        Subscription: [{ Protocol: 'sqs', Endpoint: deadArn }],
      },
    }),
    resources({}),
  )
  const { Configuration } = await new LambdaClient(running.client).send(
    new GetFunctionCommand({ FunctionName: ids['Fn'] }),
  )
  expect(Configuration).toMatchObject({
    Timeout: 3,
    MemorySize: 128,
    TracingConfig: { Mode: 'PassThrough' },
    EphemeralStorage: { Size: 512 },
    LoggingConfig: { LogGroup: `/aws/lambda/${ids['Fn']}` },
    Environment: { Variables: {} },
  })
  expect(Configuration?.DeadLetterConfig).toBeUndefined()
  const described = await new SFNClient(running.client).send(
    new DescribeStateMachineCommand({ stateMachineArn: ids['Machine'] }),
  )
  expect(described).toMatchObject({
    loggingConfiguration: { level: 'OFF', includeExecutionData: false },
    tracingConfiguration: { enabled: false },
  })
  const { Attributes: queue } = await new SQSClient(running.client).send(
    new GetQueueAttributesCommand({ QueueUrl: ids['Queue'], AttributeNames: ['All'] }),
  )
  expect(queue).toMatchObject({ VisibilityTimeout: '30' })
  expect(queue).not.toHaveProperty('RedrivePolicy')
  const topics = new SNSClient(running.client)
  const { Attributes: topic } = await topics.send(new GetTopicAttributesCommand({ TopicArn: ids['Topic'] }))
  expect([topic?.['DisplayName'], topic?.['KmsMasterKeyId'] ?? '']).toEqual(['', ''])
  const { Subscriptions } = await topics.send(new ListSubscriptionsByTopicCommand({ TopicArn: ids['Topic'] }))
  expect(Subscriptions).toEqual([])
})

test('an EMR Serverless application changes in place but for its name and its type, and only while it is not started', async () => {
  const StackName = 'application'
  const applications = new EMRServerlessClient(running.client)
  const resources = (more: object): Resources => ({
    App: { Type: 'AWS::EMRServerless::Application', Properties: { ReleaseLabel: 'emr-7.5.0', Type: 'SPARK', ...more } },
  })
  const wanted = {
    ReleaseLabel: 'emr-7.6.0',
    Architecture: 'ARM64',
    MaximumCapacity: { Cpu: '8 vCPU', Memory: '32 GB' },
    AutoStopConfiguration: { Enabled: true, IdleTimeoutMinutes: 5 },
  }
  const { App: applicationId = '' } = await updated(StackName, resources({}), resources(wanted))
  const { application } = await applications.send(new GetApplicationCommand({ applicationId }))
  expect(application).toMatchObject({
    releaseLabel: 'emr-7.6.0',
    architecture: 'ARM64',
    maximumCapacity: { cpu: '8 vCPU', memory: '32 GB' },
    autoStopConfiguration: { enabled: true, idleTimeoutMinutes: 5 },
  })
  const change = () => applications.send(new UpdateApplicationCommand({ applicationId, architecture: 'X86_64' }))
  await applications.send(new StartApplicationCommand({ applicationId }))
  await expect(change()).rejects.toMatchObject({ name: 'ValidationException' })
  await applications.send(new StopApplicationCommand({ applicationId }))
  expect((await change()).application).toMatchObject({ architecture: 'X86_64', releaseLabel: 'emr-7.6.0' })
  const TemplateBody = JSON.stringify({ Resources: resources({ ...wanted, Name: 'another' }) })
  await client.send(new UpdateStackCommand({ StackName, TemplateBody }))
  expect(await settled(StackName)).toBe('UPDATE_COMPLETE')
  expect((await idsOf(StackName))['App']).not.toBe(applicationId)
})
