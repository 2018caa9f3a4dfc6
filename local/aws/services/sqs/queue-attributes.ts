import * as z from 'zod'
import { policyProblem } from '../../core/policy/policy-problem.ts'
import type { QueueRecord } from './queues.ts'
import { SqsError } from './sqs-error.ts'

const whole = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d+$/)
    .refine((text) => Number(text) >= least && Number(text) <= most)
const flag = z.enum(['true', 'false'])
const json = (schema: z.ZodType) =>
  z.string().refine((text) => {
    try {
      return schema.safeParse(JSON.parse(text)).success
    } catch {
      return false
    }
  })

/** What RedrivePolicy's text holds. */
export const RedrivePolicy = z.strictObject({
  deadLetterTargetArn: z.string().startsWith('arn:aws:sqs:'),
  maxReceiveCount: z.coerce.number().int().min(1).max(1000),
})
/** What RedriveAllowPolicy's text holds. */
export const RedriveAllowPolicy = z.strictObject({
  redrivePermission: z.enum(['allowAll', 'denyAll', 'byQueue']),
  sourceQueueArns: z.array(z.string()).min(1).max(10).optional(),
})
const removable = (schema: z.ZodType<string>) => z.union([z.literal(''), schema])

/** The attributes that can be set, as text. An empty policy removes it. */
export const settable: Readonly<Record<string, z.ZodType<string>>> = {
  DelaySeconds: whole(0, 900),
  MaximumMessageSize: whole(1024, 1_048_576),
  MessageRetentionPeriod: whole(60, 1_209_600),
  ReceiveMessageWaitTimeSeconds: whole(0, 20),
  VisibilityTimeout: whole(0, 43_200),
  Policy: removable(z.string().refine((text) => policyProblem(text, 'resource') === undefined)),
  RedrivePolicy: removable(json(RedrivePolicy)),
  RedriveAllowPolicy: removable(json(RedriveAllowPolicy)),
  KmsMasterKeyId: z.string(),
  KmsDataKeyReusePeriodSeconds: whole(60, 86_400),
  SqsManagedSseEnabled: flag,
  FifoQueue: z.literal('true'),
  ContentBasedDeduplication: flag,
  DeduplicationScope: z.enum(['messageGroup', 'queue']),
  FifoThroughputLimit: z.enum(['perQueue', 'perMessageGroupId']),
}

export const fifoOnly = ['FifoQueue', 'ContentBasedDeduplication', 'DeduplicationScope', 'FifoThroughputLimit']

/** Refuses attributes that SQS does not know (InvalidAttributeName) or whose value it does not take (InvalidAttributeValue). */
export const checkAttributes = (attributes: Readonly<Record<string, string>>, fifo: boolean): void => {
  for (const [name, value] of Object.entries(attributes)) {
    const schema = settable[name]
    if (!schema || (!fifo && fifoOnly.includes(name)))
      throw new SqsError('InvalidAttributeName', `Unknown Attribute ${name}.`)
    if (!schema.safeParse(value).success)
      throw new SqsError('InvalidAttributeValue', `Invalid value for the parameter ${name}.`)
  }
}

const defaults = {
  DelaySeconds: '0',
  MaximumMessageSize: '1048576',
  MessageRetentionPeriod: '345600',
  ReceiveMessageWaitTimeSeconds: '0',
  VisibilityTimeout: '30',
  SqsManagedSseEnabled: 'true',
}
const fifoDefaults = {
  ContentBasedDeduplication: 'false',
  DeduplicationScope: 'queue',
  FifoThroughputLimit: 'perQueue',
}

/** All settable attributes of a queue that have a value. */
export const attributesOf = ({ name, attributes }: Pick<QueueRecord, 'name' | 'attributes'>): Record<string, string> =>
  Object.fromEntries(
    Object.entries({ ...defaults, ...(name.endsWith('.fifo') && fifoDefaults), ...attributes }).filter(
      ([, value]) => value !== '',
    ),
  )

/** A numeric attribute of a queue; those in seconds as milliseconds. */
export const secondsAsMs = (
  queue: QueueRecord,
  name: 'DelaySeconds' | 'MessageRetentionPeriod' | 'ReceiveMessageWaitTimeSeconds' | 'VisibilityTimeout',
): number => Number(attributesOf(queue)[name]) * 1000
