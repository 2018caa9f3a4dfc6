import { kinds, StateError } from '@hopline/local-states'
import type { Json, JsonObject } from '@hopline/local-states'
import type { Attempt } from './attempt.ts'
import { callApi } from './call-api.ts'
import type { Api } from './call-api.ts'
import { toMembers } from './members.ts'

/** The arguments of an API call. */
export const argumentsOf = ({ given, call }: Attempt): JsonObject => {
  if (kinds.object.is(given)) return given
  throw new StateError('States.Runtime', `The Arguments of the state '${call.state}' must be an object.`)
}

/** Sends a Task's arguments to an operation. */
export const request = (attempt: Attempt, api: Api, input: Json = argumentsOf(attempt)): Promise<unknown> =>
  callApi(attempt, api, toMembers(api.service, input))
