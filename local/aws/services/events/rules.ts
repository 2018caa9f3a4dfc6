import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import type { Platform } from '../../core/platform.ts'
import type { Table } from '../../core/store.ts'

/** A rule of the default bus. */
export interface RuleRecord {
  readonly Name: string
  readonly EventPattern?: string | undefined
  readonly ScheduleExpression?: string | undefined
  readonly State: 'ENABLED' | 'DISABLED'
  readonly Description?: string | undefined
  readonly RoleArn?: string | undefined
  readonly Tags: readonly { readonly Key: string; readonly Value: string }[]
  /** Milliseconds since 1970 of the last change; rates count from here. */
  readonly changed: number
}

export const RuleName = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[.\-_A-Za-z0-9]+$/)

/** Keys are names. */
export const rulesOf = ({ store }: Platform): Table<RuleRecord> => store.table('events.rules')

export const ruleArn = ({ region, account }: Platform, name: string): string =>
  `arn:aws:events:${region}:${account}:rule/${name}`

/** The rule, or ResourceNotFoundException. */
export const ruleOf = (platform: Platform, name: string): RuleRecord => {
  const rule = rulesOf(platform).get(name)
  if (!rule) throw new AwsError('ResourceNotFoundException', `Rule ${name} does not exist on EventBus default.`)
  return rule
}
