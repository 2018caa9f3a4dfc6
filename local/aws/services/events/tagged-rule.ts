import { AwsError } from '../../core/errors.ts'
import type { Platform } from '../../core/platform.ts'
import { ruleArn, ruleOf } from './rules.ts'
import type { RuleRecord } from './rules.ts'

/** The rule of an ARN; the default bus carries no tags here. */
export const taggedRule = (platform: Platform, arn: string): RuleRecord => {
  const prefix = ruleArn(platform, '')
  if (!arn.startsWith(prefix)) throw new AwsError('ResourceNotFoundException', `${arn} is no rule of the default bus.`)
  return ruleOf(platform, arn.slice(prefix.length))
}
