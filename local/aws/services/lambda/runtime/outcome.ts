/** How an error is told to the caller; Step Functions matches `errorType`. */
export interface FunctionFailure {
  readonly errorType: string
  readonly errorMessage: string
  readonly trace?: readonly string[]
}

/** What came of one invocation. `payload` is JSON text in both cases. */
export interface Outcome {
  readonly payload: string
  readonly functionError?: 'Unhandled'
  /** The last 4 KB of what the function wrote. */
  readonly logTail: string
  readonly version: string
}

/** Bytes that a function may answer with. */
const maxResponseBytes = 6_291_556

export const failure = (errorType: string, errorMessage: string): FunctionFailure => ({ errorType, errorMessage })

export const withinLimit = (result: string): { result: string } | { failed: FunctionFailure } =>
  Buffer.byteLength(result) <= maxResponseBytes
    ? { result }
    : {
        failed: failure(
          'Function.ResponseSizeTooLarge',
          `Response payload size exceeded maximum allowed payload size (${maxResponseBytes} bytes).`,
        ),
      }
