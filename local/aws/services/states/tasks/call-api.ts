import { randomUUID } from 'node:crypto'
import { StateError } from '@hopline/local-states'
import { AwsError } from '../../../core/errors.ts'
import { Disconnect } from '../../../core/faults.ts'
import type { Attempt } from './attempt.ts'
import { errorName } from './error-names.ts'
import type { ErrorNames } from './error-names.ts'

/** An operation, and how its errors are called. */
export interface Api {
  readonly service: string
  readonly name: string
  readonly errors: ErrorNames
}

const causeOf = ({ service, form }: ErrorNames, { message, status, code }: AwsError) =>
  form === 'optimised'
    ? `${message} (Service: ${service}; Status Code: ${status}; Error Code: ${code}; Request ID: ${randomUUID()}; Proxy: null)`
    : `${message} (Service: ${service}, Status Code: ${status}, Request ID: ${randomUUID()}) (SDK Attempt Count: 1)`

/** Calls an operation as the machine's role. Rejects with the StateError that AWS would show. */
export const callApi = async ({ platform, principal }: Attempt, api: Api, input: unknown): Promise<unknown> => {
  try {
    return await platform.call(api.service, api.name, input, principal)
  } catch (error) {
    if (error instanceof AwsError) throw new StateError(errorName(api.errors, error.code), causeOf(api.errors, error))
    if (error instanceof Disconnect) {
      throw new StateError(
        `${api.errors.prefix}.SdkClientException`,
        'Unable to execute HTTP request: the connection broke',
      )
    }
    throw error
  }
}
