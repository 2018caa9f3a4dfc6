import { Problem } from '@hopline/lambda'
import type { FieldProblem } from '@hopline/lambda'

const retryAfterSeconds = 2

export const unknownPipeline = (name: string) =>
  new Problem({ kind: 'unknown-pipeline', title: 'There is no such pipeline', status: 404, detail: name.slice(0, 63) })

export const invalidRequest = (errors: readonly FieldProblem[]) =>
  new Problem({ kind: 'invalid-request', title: 'The request is not valid', status: 400, errors })

export const storeUnavailable = (detail: string) =>
  new Problem({
    kind: 'feature-store-unavailable',
    title: 'The feature store does not answer',
    status: 503,
    detail,
    retryAfterSeconds,
  })

const noAnswer = (detail: string) => ({
  kind: 'endpoint-unavailable',
  title: 'The model does not answer',
  status: 503,
  detail,
  retryAfterSeconds,
})

export const endpointUnavailable = (detail: string) => new Problem(noAnswer(detail))

/** The model refuses the vector, or answers under a contract that it was not made for: another one may have taken over. */
export class OtherModel extends Problem {}

export const otherModel = (detail: string) => new OtherModel(noAnswer(detail))

export const staleFeatures = (names: readonly string[]) =>
  new Problem({
    kind: 'stale-features',
    title: 'The data are too far behind',
    status: 503,
    detail: `Older than allowed: ${names.join(', ')}.`,
    retryAfterSeconds: 60,
  })
