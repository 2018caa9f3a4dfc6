import type { IncomingMessage, ServerResponse } from 'node:http'
import { faultRule } from './faults.ts'
import type { Faults } from './faults.ts'
import { parseInput } from './parse-input.ts'
import { readBody } from './read-body.ts'

/**
 * `/_hopline/faults`: GET lists the faults that are on, POST adds one, DELETE ends them all.
 * Unsigned, on loopback; a browser's page cannot post JSON here, because the answer to its preflight is no.
 */
export const controlFaults = async (request: IncomingMessage, response: ServerResponse, { rules }: Faults) => {
  const answer = (status: number, value: unknown) => {
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(JSON.stringify(value))
  }
  if (request.headers.origin) return answer(403, { message: 'not for browsers' })
  if (request.method === 'POST') {
    if (request.headers['content-type'] !== 'application/json') return answer(415, { message: 'application/json only' })
    try {
      rules.push(parseInput(faultRule, JSON.parse((await readBody(request)).toString())))
    } catch (error) {
      return answer(400, { message: error instanceof Error ? error.message : String(error) })
    }
  } else if (request.method === 'DELETE') rules.length = 0
  else if (request.method !== 'GET') return answer(405, { message: 'GET, POST, DELETE' })
  return answer(200, rules)
}
