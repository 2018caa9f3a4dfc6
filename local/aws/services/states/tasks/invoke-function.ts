import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { StateError } from '@hopline/local-states'
import type { Json } from '@hopline/local-states'
import * as z from 'zod'
import { isRecord } from '../../../core/is-record.ts'
import { RawReply } from '../../../core/operation.ts'
import type { Attempt, Integration } from './attempt.ts'
import { callApi } from './call-api.ts'
import { optimisedErrors } from './error-names.ts'
import { toMembers } from './members.ts'
import { asText } from './optimised-request.ts'
import { argumentsOf } from './request.ts'
import { responseMetadata } from './response-metadata.ts'

const invokeApi = { service: 'lambda', name: 'Invoke', errors: optimisedErrors.lambda }
const functionFailure = z.object({ errorType: z.string() })

const failureOf = (payload: string): StateError => {
  const { success, data } = functionFailure.safeParse(JSON.parse(payload))
  if (success) return new StateError(data.errorType, payload)
  const cause = `The cause could not be determined because Lambda did not return an error type. Returned payload: ${payload}`
  return new StateError('Lambda.Unknown', cause)
}

/** Invokes a function. A failed function's error is its `errorType`, its cause the payload. */
const invoke = async (attempt: Attempt, input: Readonly<Record<string, unknown>>) => {
  const reply = await callApi(attempt, invokeApi, input)
  if (!(reply instanceof RawReply)) throw new Error('Invoke answers with a RawReply')
  const body = reply.body instanceof Readable ? await text(reply.body) : String(reply.body)
  if (reply.headers['x-amz-function-error'] !== undefined) throw failureOf(body)
  const payload: Json = body === '' ? null : JSON.parse(body)
  return { reply, payload }
}

/** A function's ARN as Resource: the result is what the function returned. */
export const invokeArn =
  (FunctionName: string): Integration =>
  async (attempt) => {
    const { payload } = await invoke(attempt, { FunctionName, Payload: JSON.stringify(attempt.given) })
    return payload
  }

/** `lambda:invoke`: `Payload` goes in and comes out as JSON; text goes in as it is. */
export const invokeFunction: Integration = async (attempt) => {
  const input = toMembers('lambda', asText('Payload')(argumentsOf(attempt)))
  const { reply, payload } = await invoke(attempt, isRecord(input) ? input : {})
  const { 'x-amz-executed-version': version, 'x-amz-log-result': log } = reply.headers
  return {
    ...(version !== undefined && { ExecutedVersion: version }),
    ...(log !== undefined && { LogResult: log }),
    Payload: payload,
    ...responseMetadata(reply.headers, reply.status),
    StatusCode: reply.status,
  }
}
