import * as z from 'zod'
import { flag, text } from '../property-values.ts'

const shared = {
  Event: text,
  Filter: z
    .strictObject({ S3Key: z.strictObject({ Rules: z.array(z.strictObject({ Name: text, Value: text })) }) })
    .optional(),
}

/** Whom a bucket tells, as templates have it. */
export const notificationConfiguration = z.strictObject({
  EventBridgeConfiguration: z.strictObject({ EventBridgeEnabled: flag.optional() }).optional(),
  QueueConfigurations: z.array(z.strictObject({ ...shared, Queue: text })).optional(),
  LambdaConfigurations: z.array(z.strictObject({ ...shared, Function: text })).optional(),
})

const common = ({ Event, Filter }: z.infer<z.ZodObject<typeof shared>>) => ({
  Event: [Event],
  ...(Filter && { Filter: { S3Key: { FilterRule: Filter.S3Key.Rules } } }),
})

/** The same as the document that S3 takes. */
export const notificationDocument = ({
  EventBridgeConfiguration,
  QueueConfigurations = [],
  LambdaConfigurations = [],
}: z.infer<typeof notificationConfiguration>) => ({
  ...(EventBridgeConfiguration &&
    EventBridgeConfiguration.EventBridgeEnabled !== false && { EventBridgeConfiguration: {} }),
  ...(QueueConfigurations.length > 0 && {
    QueueConfiguration: QueueConfigurations.map(({ Queue, ...each }) => ({ ...common(each), Queue })),
  }),
  ...(LambdaConfigurations.length > 0 && {
    CloudFunctionConfiguration: LambdaConfigurations.map(({ Function: fn, ...each }) => ({
      ...common(each),
      CloudFunction: fn,
    })),
  }),
})
