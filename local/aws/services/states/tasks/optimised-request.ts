import { kinds } from '@hopline/local-states'
import type { Json, JsonObject } from '@hopline/local-states'
import type { Attempt, Integration } from './attempt.ts'
import { optimisedErrors } from './error-names.ts'
import { optimisedResult } from './members.ts'
import { argumentsOf, request } from './request.ts'
import { responseMetadata } from './response-metadata.ts'

/** One request of an optimised integration: the answer, and what HTTP said. */
export const optimisedRequest =
  (
    service: keyof typeof optimisedErrors,
    name: string,
    prepare: (given: JsonObject, attempt: Attempt) => JsonObject = (given) => given,
  ): Integration =>
  async (attempt) => {
    const api = { service, name, errors: optimisedErrors[service] }
    const answer = await request(attempt, api, prepare(argumentsOf(attempt), attempt))
    return { ...optimisedResult(service, answer), ...responseMetadata() }
  }

/** Members that are text in the API and any JSON in a machine. */
export const asText =
  (...members: readonly string[]) =>
  (given: JsonObject): JsonObject => {
    const written = Object.entries(given).map(([name, value]): [string, Json] =>
      members.includes(name) && value !== null && !kinds.string.is(value)
        ? [name, JSON.stringify(value)]
        : [name, value],
    )
    return Object.fromEntries(written)
  }
