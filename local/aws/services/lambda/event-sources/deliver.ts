import { randomUUID } from 'node:crypto'
import { AwsError } from '../../../core/errors.ts'
import type { Platform } from '../../../core/platform.ts'
import { functionReference } from '../function-name.ts'
import type { FunctionConfiguration } from '../functions.ts'
import { existingVersion } from '../functions.ts'
import type { Outcome } from '../runtime/outcome.ts'
import { sandboxesOf } from '../runtime/sandboxes.ts'

/** What came of a batch: the function's answer, or none because it was throttled. */
export interface Delivery {
  readonly requestId: string
  readonly outcome: Outcome | undefined
}

export const functionOf = (platform: Platform, functionArn: string): FunctionConfiguration =>
  existingVersion(platform, functionReference(functionArn))

/** Gives a batch of records to the function and waits for its answer. */
export const deliver = async (
  platform: Platform,
  functionArn: string,
  Records: readonly unknown[],
): Promise<Delivery> => {
  const requestId = randomUUID()
  const fn = functionOf(platform, functionArn)
  const invocation = { requestId, arn: functionArn, payload: JSON.stringify({ Records }) }
  try {
    return { requestId, outcome: await sandboxesOf(platform).invoke(fn, invocation) }
  } catch (error) {
    if (error instanceof AwsError && error.code === 'TooManyRequestsException') return { requestId, outcome: undefined }
    throw error
  }
}
