import * as z from 'zod'
import { AwsError } from '../../../core/errors.ts'

const loggingConfiguration = z.strictObject({
  level: z.enum(['ALL', 'ERROR', 'FATAL', 'OFF']).default('OFF'),
  includeExecutionData: z.boolean().default(false),
  destinations: z
    .array(z.strictObject({ cloudWatchLogsLogGroup: z.strictObject({ logGroupArn: z.string().min(1).max(256) }) }))
    .max(1)
    .optional(),
})
const tracingConfiguration = z.strictObject({ enabled: z.boolean().default(false) })

export type LoggingConfiguration = z.infer<typeof loggingConfiguration>
export type TracingConfiguration = z.infer<typeof tracingConfiguration>

/** A definition may have a megabyte. */
export const definitionInput = z.string().min(1).max(1_048_576)

/** What CreateStateMachine and UpdateStateMachine share. Versions do not exist here. */
export const settingsInput = {
  loggingConfiguration: loggingConfiguration.optional(),
  tracingConfiguration: tracingConfiguration.optional(),
  publish: z.literal(false).optional(),
  encryptionConfiguration: z.strictObject({ type: z.literal('AWS_OWNED_KEY') }).optional(),
}

export const noLogging: LoggingConfiguration = { level: 'OFF', includeExecutionData: false }
export const noTracing: TracingConfiguration = { enabled: false }

const roleArnForm = /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/

export const checkRoleArn = (arn: string): void => {
  if (!roleArnForm.test(arn)) throw new AwsError('InvalidArn', `Invalid Role Arn: '${arn}'`)
}
