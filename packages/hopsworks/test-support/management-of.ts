import { connectHopsworks } from '../src/management/index.ts'
import type { Hopsworks, HopsworksSettings } from '../src/management/index.ts'
import { httpsServer } from './https-server.ts'
import type { HttpsServer, Received, Reply } from './https-server.ts'
import { certificate } from './loopback-certificate.ts'

export const apiKey = 'ABCDEFGHIJKLMNOP.the-secret-part'
export const impatient = { totalMs: 1_000, baseMs: 1, maxMs: 2 }

/** Clients of servers whose answers the test writes; `count` is 1 for the first request. */
export const managementServers = () => {
  const servers: HttpsServer[] = []
  return {
    connect: async (
      answer: (request: Received, count: number) => Reply,
      more: Partial<HopsworksSettings> = {},
    ): Promise<{ server: HttpsServer; hopsworks: Hopsworks }> => {
      let count = 0
      const server = await httpsServer((request) => answer(request, (count += 1)))
      servers.push(server)
      const ids = { projectId: 119, featureStoreId: 67 }
      const known = { url: server.url, project: 'demo', apiKey, ca: certificate, retry: impatient, ...ids }
      return { server, hopsworks: await connectHopsworks({ ...known, ...more }) }
    },
    close: async () => {
      await Promise.all(servers.splice(0).map((server) => server.close()))
    },
  }
}
