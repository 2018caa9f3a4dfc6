import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CloudFormationClient, CreateStackCommand, waitUntilStackCreateComplete } from '@aws-sdk/client-cloudformation'
import { CreateBucketCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3'
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts'
import { afterEach, beforeEach, expect, it } from '@jest/globals'
import { end, startServer } from './child.ts'
import { awsReady } from './platform.ts'
import { root } from './root.ts'
import { clientOf } from './stack.ts'

let state: string
beforeEach(async () => {
  state = await mkdtemp(join(tmpdir(), 'hopline-policy-'))
})
afterEach(() => rm(state, { recursive: true, force: true }))

const policy = () =>
  new Promise<{ code: unknown; text: string }>((resolve) => {
    execFile(process.execPath, ['local/policy.ts', '--state', state], { cwd: root }, (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, text: stdout + stderr }),
    )
  })

const allow = (Action: string, Resource: string) => ({ Effect: 'Allow', Action, Resource })
const reader = {
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: { Ref: 'AWS::AccountId' } } }],
    },
    Policies: [
      { PolicyName: 'work', PolicyDocument: { Version: '2012-10-17', Statement: [allow('s3:ListBucket', '*')] } },
    ],
  },
}
const template = { Resources: { Reader: reader }, Outputs: { Arn: { Value: { 'Fn::GetAtt': ['Reader', 'Arn'] } } } }

/** A platform on the state with the role deployed, until `work` has used it. */
const deployed = async (work: (s3: S3Client) => Promise<unknown>) => {
  const args = ['local/aws/main.ts', '--state', join(state, 'aws'), '--port', '0']
  const { ready, child } = await startServer(awsReady, { args, log: join(state, 'aws.log') })
  const client = clientOf(ready)
  try {
    const stacks = new CloudFormationClient(client)
    const stack = { StackName: 'reading', Capabilities: ['CAPABILITY_IAM' as const] }
    await stacks.send(new CreateStackCommand({ ...stack, TemplateBody: JSON.stringify(template) }))
    const patience = { client: stacks, maxWaitTime: 20, minDelay: 0.05, maxDelay: 0.2 }
    const { reason } = await waitUntilStackCreateComplete(patience, { StackName: stack.StackName })
    const RoleArn = reason.Stacks[0].Outputs[0].OutputValue
    await new S3Client({ ...client, forcePathStyle: true }).send(new CreateBucketCommand({ Bucket: 'data' }))
    const { Credentials } = await new STSClient(client).send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'me' }))
    const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {}
    const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken }
    await work(new S3Client({ ...client, forcePathStyle: true, credentials, maxAttempts: 1 }))
  } finally {
    await end(child)
  }
}

it('ends with 0 where a call needed every statement', async () => {
  await deployed((s3) => s3.send(new ListObjectsV2Command({ Bucket: 'data' })))
  expect(await policy()).toEqual({ code: 0, text: '2 statements, 2 different calls in 1 recordings\n' })
})

it('ends with 1 and names a statement that no call needed, and a call that is refused', async () => {
  await deployed((s3) => s3.send(new CreateBucketCommand({ Bucket: 'other' })).catch(() => {}))
  const { code, text } = await policy()
  expect(code).toBe(1)
  expect(text).toContain('  no call needed Reader, work 0: s3:ListBucket\n')
  expect(text).toMatch(/ {2}refused to arn:aws:sts::\d+:assumed-role\/.*\/me: s3:CreateBucket on arn:aws:s3:::other\n/)
})

it('ends with 2 where nothing is deployed', async () => {
  expect(await policy()).toMatchObject({
    code: 2,
    text: expect.stringContaining('is not there: run `npm start` first'),
  })
})
