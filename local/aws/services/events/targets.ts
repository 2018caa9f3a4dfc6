import * as z from 'zod'
import type { Platform } from '../../core/platform.ts'
import type { Table } from '../../core/store.ts'

export const TargetId = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[.\-_A-Za-z0-9]+$/)

/** A target as PutTargets takes it; parameters of targets that are not served here are refused by name. */
export const targetInput = z.strictObject({
  Id: TargetId,
  Arn: z.string().min(1).max(1600),
  RoleArn: z.string().min(1).max(1600).optional(),
  Input: z.string().max(8192).optional(),
  InputPath: z.string().max(256).optional(),
  InputTransformer: z
    .strictObject({
      InputPathsMap: z.record(z.string().min(1).max(256), z.string().max(256)).default({}),
      InputTemplate: z.string().min(1).max(8192),
    })
    .optional(),
  SqsParameters: z.strictObject({ MessageGroupId: z.string().optional() }).optional(),
  KinesisParameters: z.strictObject({ PartitionKeyPath: z.string().max(256) }).optional(),
  DeadLetterConfig: z.strictObject({ Arn: z.string().min(1).max(1600).optional() }).optional(),
  RetryPolicy: z
    .strictObject({
      MaximumRetryAttempts: z.int().min(0).max(185).optional(),
      MaximumEventAgeInSeconds: z.int().min(60).max(86_400).optional(),
    })
    .optional(),
})

export type Target = z.infer<typeof targetInput>

const targets = ({ store }: Platform): Table<Target> => store.table('events.targets')
const keyOf = (rule: string, id: string) => `${rule}/${id}`

export const putTarget = (platform: Platform, rule: string, target: Target): void =>
  targets(platform).put(keyOf(rule, target.Id), target)

/** Whether there was one. */
export const removeTarget = (platform: Platform, rule: string, id: string): boolean =>
  targets(platform).delete(keyOf(rule, id))

/** A rule's targets in the order of their ids. */
export const targetsOf = (platform: Platform, rule: string): readonly Target[] =>
  targets(platform)
    .list({ prefix: keyOf(rule, '') })
    .map(({ value }) => value)

/** The names of the rules that have a target of this ARN. */
export const rulesWithTarget = (platform: Platform, arn: string): readonly string[] => {
  const found = targets(platform)
    .list()
    .filter(({ value }) => value.Arn === arn)
  return [...new Set(found.map(({ key }) => key.slice(0, key.indexOf('/'))))]
}
