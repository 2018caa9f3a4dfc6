import { spawn } from 'node:child_process'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { CloudFormationClient } from '@aws-sdk/client-cloudformation'
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { HopsworksMismatch, HopsworksUnauthorised, HopsworksUnreachable } from '@hopline/hopsworks/errors'
import { fromAws, fromHopsworks } from '../failures.ts'
import { parseAccessKey } from './access-key.ts'
import { putSecret } from './secret.ts'
import { readStack } from './stack.ts'
import { parseAddress } from './vector-server.ts'

/** Below the SDK: its requests are really built, and the replies really parsed. */
function answering(...replies: readonly { status?: number; body: string }[]) {
  const sent: { headers: Record<string, string>; body: string }[] = []
  const requestHandler = {
    async handle({ headers, body: sentBody }: { headers: Record<string, string>; body: string | Uint8Array }) {
      sent.push({ headers, body: typeof sentBody === 'string' ? sentBody : new TextDecoder().decode(sentBody) })
      const { status: statusCode = 200, body } = replies[sent.length - 1] ?? { status: 500, body: '' }
      return { response: { statusCode, headers: {}, body: Buffer.from(body) } }
    },
  }
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' }
  return { sent, settings: { region: 'eu-west-1', credentials, requestHandler, maxAttempts: 1 } as object }
}

const output = (key: string, value: string) =>
  `<member><OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue></member>`
const stack = (outputs: string) =>
  `<DescribeStacksResponse><DescribeStacksResult><Stacks><member><StackName>hopline-dev</StackName><StackStatus>CREATE_COMPLETE</StackStatus><Outputs>${outputs}</Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`

describe('the deployed stack', () => {
  test('gives the data bucket and the role for snapshots', async () => {
    const outputs = output('DataBucket', 'the-bucket') + output('SnapshotRoleArn', 'arn:aws:iam::1:role/snapshots')
    const { settings, sent } = answering({ body: stack(outputs) })
    expect(await readStack(new CloudFormationClient(settings), 'dev')).toEqual({
      name: 'hopline-dev',
      region: 'eu-west-1',
      dataBucket: 'the-bucket',
      snapshotRole: 'arn:aws:iam::1:role/snapshots',
    })
    expect(sent[0]?.body).toContain('StackName=hopline-dev')
  })

  test.each([
    [
      'is not there',
      400,
      '<ErrorResponse><Error><Type>Sender</Type><Code>ValidationError</Code><Message>Stack with id hopline-dev does not exist</Message></Error></ErrorResponse>',
      /no stack hopline-dev in eu-west-1/,
    ],
    ['lacks an output', 200, stack(output('DataBucket', 'b')), /no output SnapshotRoleArn/],
  ])('that %s ends the command and says to deploy', async (_name, status, body, message) => {
    const { settings } = answering({ status, body })
    await expect(readStack(new CloudFormationClient(settings), 'dev')).rejects.toMatchObject({
      message: expect.stringMatching(message),
      advice: 'Deploy it first: npx serverless deploy --stage dev --region eu-west-1',
      exitCode: 4,
    })
  })
})

const actions = (sent: { headers: Record<string, string> }[]) =>
  sent.map(({ headers }) => headers['x-amz-target']?.split('.')[1])

describe('a secret', () => {
  const value = {
    url: 'https://hopsworks.example.com',
    project: 'demo',
    projectId: 119,
    featureStoreId: 67,
    ca: null,
    apiKey: 'ABCDEFGHIJKLMNOP.secret',
    vectors: { host: 'hopsworks.example.com', port: 4406 },
  }
  const noValue = { status: 400, body: '{"__type":"ResourceNotFoundException","Message":"no value for AWSCURRENT"}' }
  const written = { body: '{"Name":"s"}' }
  test.each([
    ['without a value is written', noValue],
    [
      'of another value is written',
      { body: JSON.stringify({ SecretString: JSON.stringify({ ...value, projectId: 1 }) }) },
    ],
    ['that is no JSON is written', { body: JSON.stringify({ SecretString: 'made by hand' }) }],
  ])('%s', async (_name, current) => {
    const { settings, sent } = answering(current, written)
    expect(await putSecret(new SecretsManagerClient(settings), 's', value)).toBe('written')
    expect(actions(sent)).toEqual(['GetSecretValue', 'PutSecretValue'])
    expect(JSON.parse(JSON.parse(sent[1]?.body ?? '').SecretString)).toEqual(value)
  })

  test('that holds the value already gets no new version', async () => {
    const { settings, sent } = answering({ body: JSON.stringify({ SecretString: JSON.stringify(value) }) })
    expect(await putSecret(new SecretsManagerClient(settings), 's', value)).toBe('unchanged')
    expect(actions(sent)).toEqual(['GetSecretValue'])
  })

  test('that does not exist says to deploy', async () => {
    const { settings } = answering(noValue, noValue)
    await expect(
      fromAws('Secrets Manager', () => putSecret(new SecretsManagerClient(settings), 's', value)),
    ).rejects.toMatchObject({ exitCode: 4, advice: expect.stringContaining('its template makes the secrets') })
  })
})

test.each([
  ['vectors.example.com:5000', { host: 'vectors.example.com', port: 5000 }],
  ['vectors.example.com', { host: 'vectors.example.com', port: 4406 }],
  ['vectors.example.com:443', { host: 'vectors.example.com', port: 443 }],
  ['[::1]:4406', { host: '::1', port: 4406 }],
])('vector server %s', (text, address) => {
  expect(parseAddress(text)).toEqual(address)
})

test('an access key for snapshots is what the AWS CLI prints', () => {
  const printed = { AccessKey: { UserName: 'u', AccessKeyId: 'AKIAIOSFODNN7EXAMPLE', SecretAccessKey: 'hidden' } }
  expect(parseAccessKey(JSON.stringify(printed))).toEqual({ accessKey: 'AKIAIOSFODNN7EXAMPLE', secretKey: 'hidden' })
  for (const text of ['AKIAIOSFODNN7EXAMPLE hidden', '{"AccessKey":{"SecretAccessKey":"hidden"}}']) {
    expect(() => parseAccessKey(text)).toThrow(
      expect.objectContaining({ exitCode: 2, message: expect.not.stringContaining('hidden') }),
    )
  }
})

test.each([
  ['a refused key', new HopsworksUnauthorised('401'), /scopes/],
  ['an untrusted certificate', new HopsworksUnreachable('tls', { code: 'SELF_SIGNED_CERT_IN_CHAIN' }), /--ca/],
  ['a closed port', new HopsworksUnreachable('tcp', { code: 'ECONNREFUSED' }), /port/],
  ['another failure', new HopsworksMismatch('differs'), /project name/],
])('%s ends the command with advice', async (_name, error, advice) => {
  const step = fromHopsworks('login', () => Promise.reject(error))
  await expect(step).rejects.toMatchObject({ exitCode: 3, advice: expect.stringMatching(advice) })
})

const hopline = (...args: string[]) =>
  new Promise<{ code: number | null; output: string }>((resolve) => {
    const child = spawn(process.execPath, [fileURLToPath(new URL('../main.ts', import.meta.url)), ...args])
    let text = ''
    child.stdout.on('data', (chunk) => (text += chunk))
    child.stderr.on('data', (chunk) => (text += chunk))
    child.on('close', (code) => resolve({ code, output: text }))
  })

describe('the command', () => {
  let key: string
  beforeAll(async () => {
    key = join(await mkdtemp(join(tmpdir(), 'hopline-')), 'key')
    await writeFile(key, 'ABCDEFGHIJKLMNOP.secret')
  })
  const connect = (readerKey: string) =>
    hopline(
      'connect',
      '--stage',
      'dev',
      '--project',
      'demo',
      '--writer-key-file',
      key,
      '--reader-key-file',
      readerKey,
      '--hopsworks-url',
      'http://127.0.0.1',
    )

  test('ends with 0 after help, 2 on wrong usage, 3 when Hopsworks cannot be used', async () => {
    const [help, usage, noFile, noTls] = await Promise.all([
      hopline('connect', '--help'),
      hopline('connect'),
      connect('/nowhere'),
      connect(key),
    ])
    expect(help).toMatchObject({ code: 0, output: expect.stringContaining('--s3-endpoint') })
    expect(usage).toMatchObject({ code: 2, output: expect.stringContaining('--stage') })
    expect(noFile).toMatchObject({ code: 2, output: expect.stringContaining('--reader-key-file /nowhere: ENOENT') })
    expect(noTls).toMatchObject({ code: 3, output: expect.stringContaining('https://') })
    for (const { output: printed } of [usage, noFile, noTls]) expect(printed).not.toContain('secret')
  })
})
