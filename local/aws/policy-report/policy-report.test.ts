import { CloudFormationClient, CreateStackCommand, waitUntilStackCreateComplete } from '@aws-sdk/client-cloudformation'
import { CreateBucketCommand, GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3'
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { temporaryPlatform } from '../core/testing.ts'
import { services } from '../services/index.ts'
import { keepRecording } from './keep-recording.ts'
import { policyReport } from './policy-report.ts'

type Local = Awaited<ReturnType<typeof temporaryPlatform>>

const statement = (Action: string, Resource: string) => ({ Effect: 'Allow', Action: [Action], Resource: [Resource] })
const template = (...statements: object[]) =>
  JSON.stringify({
    Resources: {
      Reader: {
        Type: 'AWS::IAM::Role',
        Properties: {
          AssumeRolePolicyDocument: {
            Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: { Ref: 'AWS::AccountId' } } }],
          },
          Policies: [{ PolicyName: 'work', PolicyDocument: { Version: '2012-10-17', Statement: statements } }],
        },
      },
    },
    Outputs: { Arn: { Value: { 'Fn::GetAtt': ['Reader', 'Arn'] } } },
  })

let folder: string
const running: Local[] = []

/** A platform with the role of a template deployed, and S3 with the role's rights. */
const deployed = async (state: string, TemplateBody: string) => {
  const local = await temporaryPlatform({ services, stateDir: join(state, 'aws') })
  running.push(local)
  const stacks = new CloudFormationClient(local.client)
  const StackName = 'reading'
  await stacks.send(new CreateStackCommand({ StackName, TemplateBody, Capabilities: ['CAPABILITY_IAM'] }))
  const settings = { client: stacks, maxWaitTime: 20, minDelay: 1 }
  const { reason } = await waitUntilStackCreateComplete(settings, { StackName })
  const RoleArn = reason.Stacks[0].Outputs[0].OutputValue
  const { Credentials } = await new STSClient(local.client).send(
    new AssumeRoleCommand({ RoleArn, RoleSessionName: 'me' }),
  )
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {}
  const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken }
  await new S3Client({ ...local.client, forcePathStyle: true }).send(new CreateBucketCommand({ Bucket: 'data' }))
  return new S3Client({ ...local.client, forcePathStyle: true, credentials, maxAttempts: 1 })
}
const list = (s3: S3Client) => s3.send(new ListObjectsV2Command({ Bucket: 'data' }))
const get = (s3: S3Client) => s3.send(new GetObjectCommand({ Bucket: 'data', Key: 'a' }))
const unneeded = (state: string) =>
  policyReport(state)
    .statements.filter(({ neededBy }) => !neededBy)
    .map(({ role, policy, index, actions }) => `${role} ${policy} ${index} ${actions.join()}`)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hopline-report-'))
})
afterAll(async () => {
  for (const local of running) await local.close()
  await rm(folder, { recursive: true, force: true })
})

test('names each statement that no recorded call needs, of one state or of several', async () => {
  const reading = template(
    statement('s3:ListBucket', 'arn:aws:s3:::data'),
    statement('s3:GetObject', 'arn:aws:s3:::data/*'),
  )
  const [here, there] = [join(folder, 'here'), join(folder, 'there')]
  await list(await deployed(here, reading))
  expect(unneeded(here)).toEqual(['Reader work 1 s3:GetObject'])
  const needed = policyReport(here).statements.map(({ neededBy }) => neededBy?.permission)
  expect(needed).toMatchObject([
    { action: 'sts:AssumeRole', resource: expect.stringContaining(':role/') },
    { action: 's3:ListBucket', resource: 'arn:aws:s3:::data' },
    undefined,
  ])
  await expect(get(await deployed(there, reading))).rejects.toMatchObject({ name: 'NoSuchKey' })
  expect(unneeded(there)).toEqual(['Reader work 0 s3:ListBucket'])
  keepRecording(there, here, 'other')
  expect(unneeded(here)).toEqual([])
  expect(policyReport(here)).toMatchObject({ recordings: 2, calls: 4, refused: [] })
})

test('says of two statements that allow the same that neither is needed', async () => {
  const state = join(folder, 'twice')
  const twice = statement('s3:ListBucket', 'arn:aws:s3:::data')
  await list(await deployed(state, template(twice, twice)))
  expect(unneeded(state)).toEqual(['Reader work 0 s3:ListBucket', 'Reader work 1 s3:ListBucket'])
})

test('names each call that the role is refused, and takes no account of another template’s role', async () => {
  const [state, other] = [join(folder, 'refused'), join(folder, 'changed')]
  const s3 = await deployed(state, template(statement('s3:GetObject', 'arn:aws:s3:::data/*')))
  await expect(list(s3)).rejects.toMatchObject({ name: 'AccessDenied' })
  expect(policyReport(state).refused).toMatchObject([
    { permission: { action: 's3:ListBucket', resource: 'arn:aws:s3:::data' }, effect: 'implicit-deny' },
  ])
  await get(await deployed(other, template(statement('s3:*', '*')))).catch(() => {})
  keepRecording(other, state, 'changed')
  expect(unneeded(state)).toEqual(['Reader work 0 s3:GetObject'])
})

test('a state without a deployed role is an error', () => {
  expect(() => policyReport(join(folder, 'none'))).toThrow('is not there')
})
