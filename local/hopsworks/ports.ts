import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import type { Server } from 'node:net'
import * as z from 'zod'

const schema = z.object({ rest: z.int(), vectors: z.int(), kafka: z.int(), search: z.int().default(9200) })
export type Ports = z.infer<typeof schema>

const usual: Ports = { rest: 8443, vectors: 4406, kafka: 9092, search: 9200 }

/** The ports of the last start, else the usual ones. */
export const readPorts = (file: string): Ports =>
  existsSync(file) ? schema.parse(JSON.parse(readFileSync(file, 'utf8'))) : usual

export const keepPorts = (file: string, ports: Ports): void => writeFileSync(file, JSON.stringify(ports))

const attempt = (server: Server, port: number) =>
  new Promise<number>((resolve, reject) => {
    server.once('error', reject)
    server.listen({ port, host: '127.0.0.1' }, () => {
      server.off('error', reject)
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : port)
    })
  })

/** Listens on 127.0.0.1; a port that nobody insists on gives way to a free one when it is taken. Returns the port. */
export const listen = async (server: Server, wanted: number, insists: boolean): Promise<number> => {
  try {
    return await attempt(server, wanted)
  } catch (error) {
    if (insists || !(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error
    return attempt(server, 0)
  }
}
