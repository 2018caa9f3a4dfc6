import * as z from 'zod'
import { AwsError } from '../../../core/errors.ts'
import type { Platform } from '../../../core/platform.ts'
import type { Table } from '../../../core/store.ts'

/** What a queue or a stream is read for, in the API's own shape; times are seconds since 1970. */
export interface EventSourceMapping {
  readonly UUID: string
  readonly EventSourceMappingArn: string
  readonly EventSourceArn: string
  readonly FunctionArn: string
  readonly State: 'Creating' | 'Enabling' | 'Enabled' | 'Disabling' | 'Disabled' | 'Updating' | 'Deleting'
  readonly StateTransitionReason: string
  readonly LastModified: number
  readonly BatchSize: number
  readonly MaximumBatchingWindowInSeconds: number
  readonly FunctionResponseTypes: readonly 'ReportBatchItemFailures'[]
  readonly FilterCriteria?: { readonly Filters: readonly { readonly Pattern: string }[] }
  readonly ScalingConfig?: { readonly MaximumConcurrency?: number | undefined }
  readonly LastProcessingResult?: string
  readonly StartingPosition?: 'TRIM_HORIZON' | 'LATEST' | 'AT_TIMESTAMP'
  readonly StartingPositionTimestamp?: number
  readonly ParallelizationFactor?: number
  readonly MaximumRetryAttempts?: number
  readonly MaximumRecordAgeInSeconds?: number
  readonly BisectBatchOnFunctionError?: boolean
  readonly DestinationConfig?: { readonly OnFailure?: { readonly Destination?: string | undefined } | undefined }
}

/** The members that a request may set, both when it makes a mapping and when it changes one. */
export const settingsInput = {
  FunctionName: z.string().min(1).max(170),
  Enabled: z.boolean().optional(),
  BatchSize: z.int().min(1).max(10_000).optional(),
  MaximumBatchingWindowInSeconds: z.int().min(0).max(300).optional(),
  FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).max(1).optional(),
  FilterCriteria: z
    .strictObject({
      Filters: z
        .array(z.strictObject({ Pattern: z.string().max(4096) }))
        .max(5)
        .optional(),
    })
    .optional(),
  ScalingConfig: z.strictObject({ MaximumConcurrency: z.int().min(2).max(1000).optional() }).optional(),
  ParallelizationFactor: z.int().min(1).max(10).optional(),
  MaximumRetryAttempts: z.int().min(-1).max(10_000).optional(),
  MaximumRecordAgeInSeconds: z
    .int()
    .min(-1)
    .max(604_800)
    .refine((seconds) => seconds === -1 || seconds >= 60, 'Member must be -1 or at least 60')
    .optional(),
  BisectBatchOnFunctionError: z.boolean().optional(),
  DestinationConfig: z
    .strictObject({ OnFailure: z.strictObject({ Destination: z.string().optional() }).optional() })
    .optional(),
}
export type Settings = Partial<z.infer<z.ZodObject<typeof settingsInput>>>

export const uuidInput = z.string().min(1)

export const mappings = ({ store }: Pick<Platform, 'store'>): Table<EventSourceMapping> =>
  store.table('lambda.event-source-mappings')

export const mappingArn = ({ region, account }: Platform, uuid: string): string =>
  `arn:aws:lambda:${region}:${account}:event-source-mapping:${uuid}`

export const existingMapping = (platform: Platform, uuid: string): EventSourceMapping => {
  const found = mappings(platform).get(uuid)
  if (found) return found
  throw new AwsError('ResourceNotFoundException', 'The resource you requested does not exist.', {
    status: 404,
    Type: 'User',
  })
}

/** `sqs` or `kinesis`: what can be read here. */
export const kindOf = (sourceArn: string): 'sqs' | 'kinesis' => {
  const [, , service] = sourceArn.split(':')
  if (service === 'sqs' || service === 'kinesis') return service
  throw new AwsError('InvalidParameterValueException', `Unrecognized event source: ${sourceArn}`, { Type: 'User' })
}
