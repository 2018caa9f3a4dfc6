import { StateError } from '@hopline/local-states'
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

/** A member that is text in the API and any JSON in a machine. */
export const asText =
  (member: string) =>
  (given: JsonObject): JsonObject => {
    const { [member]: value } = given
    return value === undefined || typeof value === 'string' ? given : { ...given, [member]: JSON.stringify(value) }
  }

const isObject = (value: Json): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Details become text; the events name the execution and its machine as their resources. */
const entries = ({ Entries, ...given }: JsonObject, { executionArn, machineArn }: Attempt): JsonObject => ({
  ...given,
  ...(Array.isArray(Entries) && {
    Entries: Entries.filter(isObject).map((entry) => ({
      ...asText('Detail')(entry),
      Resources: [...(Array.isArray(entry['Resources']) ? entry['Resources'] : []), executionArn, machineArn],
    })),
  }),
})

/** `events:putEvents`; an entry that the bus refuses fails the state. */
export const putEvents: Integration = async (attempt) => {
  const answer = await optimisedRequest('events', 'PutEvents', entries)(attempt)
  if (isObject(answer) && Number(answer['FailedEntryCount'] ?? 0) > 0) {
    throw new StateError('EventBridge.FailedEntry', JSON.stringify(answer))
  }
  return answer
}
