import * as z from 'zod'
import type { Platform } from '../../core/platform.ts'
import type { QueuedInvocation } from './asynchronous.ts'
import { functionArn } from './function-name.ts'
import type { FunctionConfiguration } from './functions.ts'
import type { Outcome } from './runtime/outcome.ts'
import { sendTo } from './send-to.ts'

/** How an asynchronous invocation ended. Throttled to the end, there is no outcome. */
export interface Ended {
  readonly queued: QueuedInvocation
  readonly outcome: Outcome | undefined
  readonly condition: 'Success' | 'RetriesExhausted' | 'EventAgeExceeded'
}

const failed = z.object({ errorMessage: z.string().optional() })

/** Sends the record of an ended invocation to the destination of the event invoke configuration. */
export const toDestination = async (
  platform: Platform,
  fn: FunctionConfiguration,
  arn: string | undefined,
  { queued, outcome, condition }: Ended,
): Promise<void> => {
  if (arn === undefined) return
  const record = {
    version: '1.0',
    timestamp: new Date(platform.clock.now()).toISOString(),
    requestContext: {
      requestId: queued.requestId,
      functionArn: functionArn(platform, queued.name, queued.qualifier),
      condition,
      approximateInvokeCount: queued.attempts + 1,
    },
    requestPayload: JSON.parse(queued.payload) as unknown,
    ...(outcome && {
      responseContext: {
        statusCode: 200,
        executedVersion: outcome.version,
        ...(outcome.functionError && { functionError: outcome.functionError }),
      },
      responsePayload: JSON.parse(outcome.payload) as unknown,
    }),
  }
  const detailType = `Lambda Function Invocation Result - ${condition === 'Success' ? 'Success' : 'Failure'}`
  await sendTo(platform, fn, arn, { text: JSON.stringify(record), detailType })
}

/** Sends the event itself to the function's dead letters, a queue or a topic. */
export const toDeadLetters = async (
  platform: Platform,
  fn: FunctionConfiguration,
  { queued, outcome }: Ended,
): Promise<void> => {
  const arn = fn.DeadLetterConfig?.TargetArn
  if (arn === undefined) return
  const { errorMessage } = outcome ? failed.parse(JSON.parse(outcome.payload)) : {}
  await sendTo(platform, fn, arn, {
    text: queued.payload,
    attributes: {
      RequestID: { DataType: 'String', StringValue: queued.requestId },
      ErrorCode: { DataType: 'Number', StringValue: outcome ? '200' : '429' },
      ErrorMessage: { DataType: 'String', StringValue: (errorMessage ?? 'Rate Exceeded.').slice(0, 1024) || '-' },
    },
  })
}
