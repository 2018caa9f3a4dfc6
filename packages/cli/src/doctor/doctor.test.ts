import { describe, expect, test } from '@jest/globals'
import { LambdaClient } from '@aws-sdk/client-lambda'
import { adviceFor } from './advice.ts'
import { inWords } from './command.ts'
import { doctor } from './doctor.ts'

/** Below the SDK: its request is really built, and the reply really parsed. */
function answering(reply: { status?: number; headers?: Record<string, string>; body: unknown }) {
  const sent: { path: string; body: string }[] = []
  const requestHandler = {
    async handle({ path, body }: { path: string; body: string | Uint8Array }) {
      sent.push({ path, body: typeof body === 'string' ? body : new TextDecoder().decode(body) })
      const { status = 200, headers = {} } = reply
      return { response: { statusCode: status, headers, body: Buffer.from(JSON.stringify(reply.body)) } }
    },
  }
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' }
  const settings = { region: 'eu-west-1', credentials, requestHandler, maxAttempts: 1 } as object
  return { sent, lambda: new LambdaClient(settings) }
}

const fine = { what: 'Hopsworks', host: 'h.example.com', port: 443, ms: 12, cause: null, code: null } as const
const hanging = {
  what: 'Kafka broker',
  host: '10.0.0.4',
  port: 9092,
  ms: 5000,
  cause: 'Kafka broker 10.0.0.4:9092: no connection within 5000 ms',
  code: 'ETIMEDOUT',
} as const

describe('doctor', () => {
  test('asks the feature-writer of the stage', async () => {
    const { lambda, sent } = answering({ body: { checks: [fine, hanging] } })
    expect(await doctor(lambda, 'dev')).toEqual({ checks: [fine, hanging] })
    expect(sent).toEqual([
      { path: '/2015-03-31/functions/hopline-dev-feature-writer/invocations', body: '{"step":"doctor"}' },
    ])
  })

  test.each([
    [
      'is not deployed',
      {
        status: 404,
        body: { Type: 'User', Message: 'Function not found' },
        headers: { 'x-amzn-errortype': 'ResourceNotFoundException' },
      },
      /serverless deploy --stage dev/,
    ],
    [
      'may not be called',
      { status: 403, body: { Message: 'no' }, headers: { 'x-amzn-errortype': 'AccessDeniedException' } },
      /lambda:InvokeFunction on hopline-dev-feature-writer/,
    ],
    [
      'has an empty secret',
      {
        body: { errorType: 'InvalidSecret', errorMessage: 'secret s is not JSON' },
        headers: { 'x-amz-function-error': 'Unhandled' },
      },
      /hopline connect/,
    ],
    [
      'breaks',
      { body: { errorType: 'TypeError', errorMessage: 'x' }, headers: { 'x-amz-function-error': 'Unhandled' } },
      /aws\/lambda\/hopline-dev-feature-writer/,
    ],
    ['is of an older version', { body: null }, /Deploy the stage again/],
  ])('a feature-writer that %s ends the command with advice', async (_name, reply, advice) => {
    await expect(doctor(answering(reply).lambda, 'dev')).rejects.toMatchObject({
      name: 'CommandFailed',
      exitCode: 4,
      advice: expect.stringMatching(advice),
    })
  })

  test('prints host, port and cause of each server', () => {
    expect(inWords([fine, hanging])).toBe(
      '✔ Hopsworks       h.example.com:443 12 ms\n' +
        '✘ Kafka broker    10.0.0.4:9092     5000 ms\n' +
        '  Kafka broker 10.0.0.4:9092: no connection within 5000 ms\n',
    )
  })

  test.each([
    ['Hopsworks', 401, /scopes project, featurestore, job and kafka/],
    ['Hopsworks', 503, /try again/],
    ['Hopsworks', 'ENOTFOUND', /DNS of its VPC/],
    ['Hopsworks', 'SELF_SIGNED_CERT_IN_CHAIN', /hopline connect --ca/],
    ['Kafka broker', 'ENOTFOUND', /only the cluster knows/],
    ['Kafka broker', 'ETIMEDOUT', /open port 9092 of h to the function/],
    ['Kafka bootstrap', 'ECONNREFUSED', /Nobody listens on port 9092 of h/],
    ['Kafka broker', 'ERR_SSL_SSL/TLS_ALERT_CERTIFICATE_UNKNOWN', /project user's certificate/],
    ['Kafka broker', 58, /user or the password/],
    ['vector server', 'UND_ERR_CONNECT_TIMEOUT', /open port 9092 of h/],
    ['vector server', 418, /Check the address/],
  ] as const)('%s with %s has its own advice', (what, code, advice) => {
    expect(adviceFor({ what, host: 'h', port: 9092, ms: 1, cause: 'x', code })).toMatch(advice)
  })
})
