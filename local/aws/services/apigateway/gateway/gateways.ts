import type { Server } from 'node:http'
import { createServer } from 'node:http'
import { listen } from '../../../core/listen.ts'
import type { Platform } from '../../../core/platform.ts'
import { apis } from '../apis.ts'
import { serveRequest } from './serve-request.ts'

/** Milliseconds that a caller has for sending a whole request. */
const requestTimeoutMs = 30_000
/** Bytes of the request line and all headers together. */
const maxHeaderBytes = 10_240

/** The HTTP servers of all APIs of a platform. */
export class Gateways {
  readonly #platform: Platform
  readonly #servers = new Map<string, Server>()

  constructor(platform: Platform) {
    this.#platform = platform
    platform.onClose(async () => {
      await Promise.all([...this.#servers.keys()].map((apiId) => this.close(apiId)))
    })
  }

  /** Listens for an API, on its old port if that is free. Returns the port. */
  async open(apiId: string, port: number): Promise<number> {
    const server = createServer(
      { requestTimeout: requestTimeoutMs, maxHeaderSize: maxHeaderBytes },
      (request, response) => {
        void serveRequest(apiId, request, response, this.#platform)
      },
    )
    const taken = await listen(server, port).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' && port !== 0) return listen(server, 0)
      throw error
    })
    this.#servers.set(apiId, server)
    return taken
  }

  /** Listens again for every API that an earlier run left. */
  async restore(): Promise<void> {
    for (const { key, value } of apis(this.#platform).list()) {
      const port = await this.open(key, value.port)
      if (port !== value.port) apis(this.#platform).put(key, { ...value, port })
    }
  }

  async close(apiId: string): Promise<void> {
    const server = this.#servers.get(apiId)
    if (!server) return
    this.#servers.delete(apiId)
    await new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  }
}

const known = new WeakMap<Platform, Gateways>()

export const gatewaysOf = (platform: Platform): Gateways => {
  const kept = known.get(platform)
  if (kept) return kept
  const made = new Gateways(platform)
  known.set(platform, made)
  return made
}
