import { AwsError } from '../../../core/errors.ts'

/** Why a try failed, with a code as in a dead letter's ERROR_CODE, and whether another try may help. */
export class DeliveryFailure extends Error {
  override readonly name = 'DeliveryFailure'
  readonly code: string
  readonly retriable: boolean
  constructor(code: string, message: string, { retriable = false }: { retriable?: boolean } = {}) {
    super(message)
    this.code = code
    this.retriable = retriable
  }
}

const kinds: readonly (readonly [code: string, errors: RegExp])[] = [
  ['THROTTLING', /Throttl|TooManyRequests|LimitExceeded/],
  ['NO_PERMISSIONS', /AccessDenied/],
  ['NO_RESOURCE', /NotFound|DoesNotExist|NonExistentQueue|StateMachineDeleting/],
  ['INVALID_PARAMETER', /Invalid|Validation|TooLarge/],
]

/** Reads what a target's service threw. Throttling, 5xx and broken connections are tried again. */
export const deliveryFailure = (error: unknown): DeliveryFailure => {
  if (error instanceof DeliveryFailure) return error
  if (!(error instanceof AwsError)) return new DeliveryFailure('CONNECTION_FAILURE', String(error), { retriable: true })
  if (error.status >= 500) return new DeliveryFailure('ERROR_FROM_TARGET', error.message, { retriable: true })
  const [code = 'SDK_CLIENT_ERROR'] = kinds.find(([, errors]) => errors.test(error.code)) ?? []
  return new DeliveryFailure(code, error.message, { retriable: code === 'THROTTLING' || error.status === 429 })
}
