import { afterEach, expect, test } from '@jest/globals'
import { managementServers } from '../../test-support/management-of.ts'

const { connect, close } = managementServers()
afterEach(close)

const versions = (version: string) => ({
  body: [
    { software: 'rondb', version: '24.10.2' },
    { software: 'hopsworks', version },
  ],
})

test.each([
  ['4.0.0', false, false, 'storageConnector'],
  ['4.2.1', true, false, 'storageConnector'],
  ['4.3.0', true, false, 'dataSource'],
  ['4.8.8', true, false, 'dataSource'],
  ['5.0.0-SNAPSHOT', true, true, 'dataSource'],
  ['5.10.1', true, true, 'dataSource'],
  ['10.0', true, true, 'dataSource'],
])('a server %s: online ingestion %s, row headers %s, the sink is a %s', async (version, online, headers, sink) => {
  const { hopsworks } = await connect(() => versions(version))
  const server = await hopsworks.server()
  expect([server.version, server.tracksOnlineIngestion, server.heedsRowHeaders]).toEqual([version, online, headers])
  const body = server.sink('folder', { name: 's3c' })
  expect(body).toEqual(
    sink === 'dataSource'
      ? { dataSource: { path: 'folder', storageConnector: { name: 's3c' } } }
      : { storageConnector: { name: 's3c' }, location: 'folder' },
  )
})

test('a server is asked once, and again after it failed', async () => {
  const { hopsworks, server } = await connect((_request, count) => (count === 1 ? { body: [] } : versions('5.2.1')))
  await expect(hopsworks.server()).rejects.toThrow(/no version of hopsworks/)
  await hopsworks.server()
  await hopsworks.server()
  expect(server.received).toHaveLength(2)
})
