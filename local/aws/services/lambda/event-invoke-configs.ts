import * as z from 'zod'
import type { Platform } from '../../core/platform.ts'
import type { Table } from '../../core/store.ts'

/** What happens to asynchronous invocations of one version, in the API's own shape. */
export interface EventInvokeConfig {
  readonly FunctionArn: string
  /** Seconds since 1970. */
  readonly LastModified: number
  readonly MaximumRetryAttempts?: number
  readonly MaximumEventAgeInSeconds?: number
  readonly DestinationConfig?: {
    readonly OnSuccess?: { readonly Destination?: string | undefined } | undefined
    readonly OnFailure?: { readonly Destination?: string | undefined } | undefined
  }
}

const destination = z
  .strictObject({
    Destination: z
      .string()
      .regex(/^arn:aws:(?:sqs|sns|lambda|events):/, 'a destination is a queue, a topic, a function or a bus')
      .optional(),
  })
  .optional()

export const eventInvokeConfigInput = {
  MaximumRetryAttempts: z.int().min(0).max(2).optional(),
  MaximumEventAgeInSeconds: z.int().min(60).max(21_600).optional(),
  DestinationConfig: z.strictObject({ OnSuccess: destination, OnFailure: destination }).optional(),
}

/** Keys are `<name>:<version>`. */
export const eventInvokeConfigs = ({ store }: Platform): Table<EventInvokeConfig> =>
  store.table('lambda.event-invoke-configs')
