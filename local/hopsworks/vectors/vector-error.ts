/** An error of the feature server: HTTP status, its own code and reason. */
export class VectorError extends Error {
  override readonly name = 'VectorError'
  readonly status: number
  readonly code: number
  readonly reason: string

  constructor([status, code, reason]: readonly [number, number, string], message: string) {
    super(message)
    this.status = status
    this.code = code
    this.reason = reason
  }
}

export const vectorFailures = {
  viewNotFound: [404, 1, 'Feature view does not exist.'],
  storeNotFound: [404, 2, 'Feature store does not exist.'],
  groupNotFound: [404, 3, 'Feature group does not exist.'],
  wrongType: [415, 10, 'Wrong data type.'],
  featureNotFound: [404, 11, 'Feature does not exist.'],
  wrongKey: [400, 12, 'Incorrect primary key.'],
  readFailed: [500, 14, 'Reading from db failed.'],
  noKey: [400, 15, 'No primary key is given.'],
  notShared: [401, 17, 'Feature store is not shared with current project.'],
  badInput: [400, 18, 'Bad input.'],
  undecodable: [500, 19, 'Could not deserialize the feature.'],
} as const satisfies Record<string, readonly [number, number, string]>
