import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import type { Permission } from '../../core/operation.ts'
import type { Platform } from '../../core/platform.ts'

export interface LogGroupRecord {
  readonly name: string
  readonly created: number
  readonly logGroupClass: string
  readonly kmsKeyId?: string | undefined
  readonly retentionInDays?: number | undefined
  readonly tags: Readonly<Record<string, string>>
  /** What CloudWatch bills: the messages and 26 bytes an event. */
  readonly storedBytes: number
  /** How many events were ever put: it numbers them. */
  readonly events: number
}

const groupName = /^[\w./#-]+$/
export const LogGroupName = z.string().min(1).max(512).regex(groupName)
/** A name, or an ARN with or without its `:*`. */
export const LogGroupIdentifier = z
  .string()
  .min(1)
  .max(2048)
  .transform((id) => (id.startsWith('arn:') ? (id.split(':log-group:')[1]?.replace(/:\*$/, '') ?? id) : id))
export const Tags = z.record(z.string().min(1).max(128), z.string().max(256))

export const logGroupsOf = ({ store }: Platform) => store.table<LogGroupRecord>('logs.groups')

/** The ARN of tags and of `logGroupArn`; `arn` in replies has `:*` behind it. */
export const logGroupArn = ({ region, account }: Platform, name: string): string =>
  `arn:aws:logs:${region}:${account}:log-group:${name}`

/** CloudWatch asks for an action on a stream, which has no name where the action is on the group. */
export const permission = (platform: Platform, action: string, group: string, stream = ''): Permission => ({
  action: `logs:${action}`,
  resource: `${logGroupArn(platform, group)}:log-stream:${stream}`,
})

/** The group, or ResourceNotFoundException. */
export const logGroupOf = (platform: Platform, name: string): LogGroupRecord => {
  const group = logGroupsOf(platform).get(name)
  if (!group) throw new AwsError('ResourceNotFoundException', 'The specified log group does not exist.')
  return group
}
