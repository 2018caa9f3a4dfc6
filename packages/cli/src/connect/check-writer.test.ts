import { expect, test } from '@jest/globals'
import { refusal } from '@hopline/hopsworks/errors'
import { checkWriter } from './check-writer.ts'

type Asked = Parameters<typeof checkWriter>[0]

const lacks = (scope: string) => async () => {
  throw refusal('GET', { status: 403, code: 320004, userMessage: `Api key without enough scope ${scope}` })
}
const asked = (change: Partial<Asked> = {}): Asked => ({
  server: async () => ({
    version: '5.2.1',
    tracksOnlineIngestion: true,
    heedsRowHeaders: true,
    sink: () => ({}),
  }),
  kafkaConnector: async () => ({
    bootstrapServers: [],
    securityProtocol: 'SSL',
    externalKafka: false,
    options: [],
  }),
  credentials: async () => ({ caChain: '', clientCert: '', clientKey: '' }),
  jobs: { async *list() {} },
  ...change,
})

test('a key that may do everything gives the version', async () => {
  expect(await checkWriter(asked())).toBe('5.2.1')
})

test.each([
  ['featurestore', { kafkaConnector: lacks('featurestore') }],
  ['project', { credentials: lacks('project') }],
  [
    'job',
    {
      jobs: {
        async *list() {
          yield await lacks('job')()
        },
      },
    },
  ],
])('a key without the scope %s is told', async (scope, change) => {
  await expect(checkWriter(asked(change))).rejects.toMatchObject({
    exitCode: 3,
    message: expect.stringContaining(scope),
    advice: expect.stringContaining('scopes of the key'),
  })
})

test('a server before 4.2 is told', async () => {
  const { sink } = await asked().server()
  const old = { version: '4.1.3', tracksOnlineIngestion: false, heedsRowHeaders: false, sink }
  await expect(checkWriter(asked({ server: async () => old }))).rejects.toMatchObject({
    exitCode: 3,
    message: expect.stringContaining('4.1.3'),
    advice: expect.stringContaining('4.2'),
  })
})
