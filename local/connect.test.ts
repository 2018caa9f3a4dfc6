import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  waitUntilStackCreateComplete,
  waitUntilStackDeleteComplete,
} from '@aws-sdk/client-cloudformation'
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { connect } from './connect.ts'
import { stage } from './deploy.ts'
import type { LocalPlatform } from './platform.ts'
import { startPlatform } from './platform.ts'
import { clientOf } from './stack.ts'

const stack = `hopline-${stage}`
const patience = { maxWaitTime: 20, minDelay: 0.05, maxDelay: 0.2 }

/** As much of the deployed stack as the command looks at. */
const template = {
  Resources: {
    Data: { Type: 'AWS::S3::Bucket' },
    Snapshots: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: '*' } }],
        },
      },
    },
    Reader: { Type: 'AWS::SecretsManager::Secret', Properties: { Name: `hopline/${stage}/hopsworks-reader` } },
    Writer: { Type: 'AWS::SecretsManager::Secret', Properties: { Name: `hopline/${stage}/hopsworks-writer` } },
  },
  Outputs: {
    DataBucket: { Value: { Ref: 'Data' } },
    SnapshotRoleArn: { Value: { 'Fn::GetAtt': ['Snapshots', 'Arn'] } },
  },
}

let state: string
let platform: LocalPlatform
let cloudFormation: CloudFormationClient

beforeAll(async () => {
  state = await mkdtemp(join(tmpdir(), 'hopline-connect-'))
  platform = await startPlatform({ state, port: 0, python: join(state, 'python') })
  cloudFormation = new CloudFormationClient(clientOf(platform.aws))
}, 30_000)

afterAll(async () => {
  await platform?.close()
  await rm(state, { recursive: true })
}, 30_000)

const createStack = async () => {
  await cloudFormation.send(
    new CreateStackCommand({
      StackName: stack,
      TemplateBody: JSON.stringify(template),
      Capabilities: ['CAPABILITY_IAM'],
    }),
  )
  await waitUntilStackCreateComplete({ client: cloudFormation, ...patience }, { StackName: stack })
}

const said = () => readFile(join(platform.logs, 'connect.log'), 'utf8')

const secret = async (key: string): Promise<unknown> => {
  const secrets = new SecretsManagerClient({ ...clientOf(platform.aws), region: platform.aws.region })
  const { SecretString = '' } = await secrets.send(
    new GetSecretValueCommand({ SecretId: `hopline/${stage}/hopsworks-${key}` }),
  )
  return JSON.parse(SecretString)
}

describe('hopline connect', () => {
  it('fails by name where nothing is deployed', async () => {
    await expect(connect(platform)).rejects.toMatchObject({
      hop: 'hopline connect',
      message: expect.stringContaining(`There is no stack ${stack} in us-east-1`),
    })
  })

  it('introduces the stack and Hopsworks to each other', async () => {
    await createStack()
    await connect(platform)
    expect((await said()).match(/: (created|written)$/gm)).toEqual([': created', ': written', ': written'])
    const { url, project, apiKey, readerKey, vectors, ca } = platform.hopsworks
    const authority = (await readFile(ca, 'utf8')).trim()
    const common = { url, project, projectId: 119, featureStoreId: 67, ca: authority, vectors }
    expect(await secret('writer')).toEqual({ ...common, apiKey })
    expect(await secret('reader')).toEqual({ ...common, apiKey: readerKey })
  })

  it('changes nothing when it is repeated', async () => {
    await connect(platform)
    expect((await said()).match(/: unchanged$/gm)).toHaveLength(3)
  })

  it('moves the connector when the stack has another bucket', async () => {
    await cloudFormation.send(new DeleteStackCommand({ StackName: stack }))
    await waitUntilStackDeleteComplete({ client: cloudFormation, ...patience }, { StackName: stack })
    await createStack()
    await connect(platform)
    expect((await said()).match(/: (updated|written)$/gm)).toEqual([': updated', ': written', ': written'])
  })

  it('says which key Hopsworks refuses, and never the key', async () => {
    const stranger = 'ABCDEFGHIJKLMNOP.not-a-key-of-this-hopsworks'
    const refused = connect({ ...platform, hopsworks: { ...platform.hopsworks, readerKey: stranger } })
    await expect(refused).rejects.toThrow('reader key')
    expect(await said()).not.toContain(stranger)
  })
})
