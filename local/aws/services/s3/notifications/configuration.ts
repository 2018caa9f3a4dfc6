import * as z from 'zod'
import type { Bucket } from '../buckets.ts'

const filter = z
  .strictObject({
    S3Key: z.strictObject({
      FilterRule: z.array(
        z.strictObject({
          Name: z.string().regex(/^(?:prefix|suffix)$/i, 'filter rule name must be either prefix or suffix'),
          Value: z.string().default(''),
        }),
      ),
    }),
  })
  .optional()

const events = z.array(
  z.string().regex(/^s3:Object(?:Created|Removed):(?:\*|\w+)$/, 'The event is not supported for notifications'),
)
const shared = { Id: z.string().optional(), Event: events, Filter: filter }

/** Whom a bucket tells, as the document of S3 has it. */
export const notificationConfiguration = z.strictObject({
  EventBridgeConfiguration: z.union([z.strictObject({}), z.literal('').transform(() => ({}))]).optional(),
  QueueConfiguration: z.array(z.strictObject({ ...shared, Queue: z.string().startsWith('arn:aws:sqs:') })).optional(),
  CloudFunctionConfiguration: z
    .array(z.strictObject({ ...shared, CloudFunction: z.string().startsWith('arn:aws:lambda:') }))
    .optional(),
})

/** One receiver of one bucket. */
export interface Receiver {
  readonly id: string
  readonly arn: string
  readonly kind: 'sqs' | 'lambda'
  readonly events: readonly string[]
  readonly filter: z.infer<typeof filter>
}

export const receiversIn = (document: z.infer<typeof notificationConfiguration>): Receiver[] => [
  ...(document.QueueConfiguration ?? []).map(({ Id, Queue, Event, Filter }, index) => ({
    id: Id ?? `queue-${index + 1}`,
    arn: Queue,
    kind: 'sqs' as const,
    events: Event,
    filter: Filter,
  })),
  ...(document.CloudFunctionConfiguration ?? []).map(({ Id, CloudFunction, Event, Filter }, index) => ({
    id: Id ?? `function-${index + 1}`,
    arn: CloudFunction,
    kind: 'lambda' as const,
    events: Event,
    filter: Filter,
  })),
]

export const receiversOf = ({ settings }: Bucket): Receiver[] => {
  const { data } = notificationConfiguration.safeParse(settings['NotificationConfiguration'])
  return data ? receiversIn(data) : []
}

/** Whether a receiver wants to hear of an event such as `ObjectCreated:Put` on a key. */
export const wants = ({ events: wanted, filter: rules }: Receiver, event: string, key: string): boolean =>
  wanted.some(
    (each) => each === `s3:${event}` || (each.endsWith('*') && `s3:${event}`.startsWith(each.slice(0, -1))),
  ) &&
  (rules?.S3Key.FilterRule ?? []).every(({ Name, Value }) =>
    Name.toLowerCase() === 'prefix' ? key.startsWith(Value) : key.endsWith(Value),
  )
