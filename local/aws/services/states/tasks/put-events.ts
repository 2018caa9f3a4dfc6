import { kinds, StateError } from '@hopline/local-states'
import type { JsonObject } from '@hopline/local-states'
import type { Attempt, Integration } from './attempt.ts'
import { asText, optimisedRequest } from './optimised-request.ts'

/** Details become text; the events name the execution and its machine as their resources. */
const prepare = ({ Entries = [], ...given }: JsonObject, { executionArn, machineArn }: Attempt): JsonObject => {
  const entries = kinds.array.is(Entries) ? Entries.filter(kinds.object.is) : []
  const named = entries.map(({ Resources = [], ...entry }) => ({
    ...asText('Detail')(entry),
    Resources: [...(kinds.array.is(Resources) ? Resources : []), executionArn, machineArn],
  }))
  return { ...given, Entries: named }
}

const request = optimisedRequest('events', 'PutEvents', prepare)

/** `events:putEvents`; an entry that the bus refuses fails the state. */
export const putEvents: Integration = async (attempt) => {
  const answer = await request(attempt)
  if (kinds.object.is(answer) && answer['FailedEntryCount'] !== 0) {
    throw new StateError('EventBridge.FailedEntry', JSON.stringify(answer))
  }
  return answer
}
