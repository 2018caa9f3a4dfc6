import { AwsError } from '../errors.ts'

export type RefusalReason =
  | 'missing'
  | 'incomplete'
  | 'unknown-key'
  | 'token-expired'
  | 'presign-expired'
  | 'skewed'
  | 'mismatch'

type Form = readonly [code: string, status: number, message?: string]

const unknownToken = 'The security token included in the request is invalid.'

const s3: Record<RefusalReason, Form> = {
  missing: ['AccessDenied', 403, 'Access Denied'],
  incomplete: ['AuthorizationHeaderMalformed', 400],
  'unknown-key': ['InvalidAccessKeyId', 403, 'The AWS Access Key Id you provided does not exist in our records.'],
  'token-expired': ['ExpiredToken', 400, 'The provided token has expired.'],
  'presign-expired': ['AccessDenied', 403],
  skewed: ['RequestTimeTooSkewed', 403, 'The difference between the request time and the current time is too large.'],
  mismatch: ['SignatureDoesNotMatch', 403],
}

const query: Record<RefusalReason, Form> = {
  missing: ['MissingAuthenticationToken', 403],
  incomplete: ['IncompleteSignature', 400],
  'unknown-key': ['InvalidClientTokenId', 403, unknownToken],
  'token-expired': ['ExpiredToken', 403],
  'presign-expired': ['SignatureDoesNotMatch', 403],
  skewed: ['SignatureDoesNotMatch', 403],
  mismatch: ['SignatureDoesNotMatch', 403],
}

const json: Record<RefusalReason, Form> = {
  missing: ['MissingAuthenticationTokenException', 400],
  incomplete: ['IncompleteSignatureException', 400],
  'unknown-key': ['UnrecognizedClientException', 400, unknownToken],
  'token-expired': ['ExpiredTokenException', 400],
  'presign-expired': ['InvalidSignatureException', 403],
  skewed: ['InvalidSignatureException', 403],
  mismatch: ['InvalidSignatureException', 403],
}

/** REST-JSON services answer as the JSON ones, with 403. */
const restJson = new Set(['lambda', 'execute-api'])
const queryServices = new Set(['sts', 'iam', 'cloudformation'])

/** The error with which a service turns a caller away; `message` stands where AWS has no fixed text. */
export const refusal = (
  service: string,
  reason: RefusalReason,
  message: string,
  fields: Readonly<Record<string, unknown>> = {},
): AwsError => {
  const forms = service === 's3' ? s3 : queryServices.has(service) ? query : json
  const [code, status, fixed] = forms[reason]
  return new AwsError(code, fixed ?? message, { ...fields, status: restJson.has(service) ? 403 : status })
}
