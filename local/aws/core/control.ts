import type { IncomingMessage, ServerResponse } from 'node:http'
import * as z from 'zod'
import { AwsError } from './errors.ts'
import { faultRule } from './fault-rule.ts'
import type { Faults } from './faults.ts'
import { parseInput } from './parse-input.ts'
import type { Platform } from './platform.ts'
import { readBody } from './read-body.ts'
import { killOrder, victims } from './victims.ts'

const advance = z.strictObject({ advanceMs: z.number().positive() })

interface Resource {
  readonly get: () => unknown
  readonly post: (body: unknown) => void | Promise<void>
  readonly delete?: () => void
}

const resources = (platform: Platform, faults: Faults): Readonly<Record<string, Resource>> => ({
  '/_hopline/faults': {
    get: faults.rules,
    post: (body) => faults.add(parseInput(faultRule, body)),
    delete: faults.clear,
  },
  '/_hopline/kills': {
    get: victims(platform).orders,
    post: (body) => victims(platform).order(parseInput(killOrder, body)),
    delete: victims(platform).forget,
  },
  '/_hopline/clock': {
    get: () => ({ now: platform.clock.now() }),
    post: async (body) => {
      const { advanceMs } = parseInput(advance, body)
      if (!platform.clock.advance) throw new AwsError('ValidationException', 'This clock cannot be put forward.')
      await platform.clock.advance(advanceMs)
    },
  },
})

/**
 * What tests can do to the platform: `/_hopline/faults` (GET lists, POST adds, DELETE ends them all), `/_hopline/kills`
 * likewise, `/_hopline/clock` (POST `{"advanceMs": 60000}` puts the one clock forward). Answers false for other paths.
 * Unsigned, on loopback; a browser's page cannot post JSON here, because the answer to its preflight is no.
 */
export const createControl = (platform: Platform, faults: Faults) => {
  const known = resources(platform, faults)
  return async (request: IncomingMessage, response: ServerResponse): Promise<boolean> => {
    const resource = known[request.url ?? '']
    if (resource === undefined) return false
    const answer = (status: number, value: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json' })
      response.end(JSON.stringify(value))
      return true
    }
    if (request.headers.origin) return answer(403, { message: 'not for browsers' })
    try {
      if (request.method === 'POST') {
        if (request.headers['content-type'] !== 'application/json')
          return answer(415, { message: 'application/json only' })
        await resource.post(JSON.parse((await readBody(request)).toString()))
      } else if (request.method === 'DELETE' && resource.delete) resource.delete()
      else if (request.method !== 'GET')
        return answer(405, { message: `GET, POST${resource.delete ? ', DELETE' : ''}` })
    } catch (error) {
      return answer(400, { message: error instanceof Error ? error.message : String(error) })
    }
    return answer(200, resource.get())
  }
}
