import { AwsError } from '../../../core/errors.ts'
import type { Platform } from '../../../core/platform.ts'
import { requireAllowed } from './allowed.ts'
import type { Delivery } from './delivery.ts'
import { eventBridge, roleSession } from './principal.ts'

const policyOf = async (platform: Platform, FunctionName: string): Promise<string | undefined> => {
  await platform.call('lambda', 'GetFunction', { FunctionName }, eventBridge)
  try {
    const { Policy } = await platform.call<{ Policy: string }>('lambda', 'GetPolicy', { FunctionName }, eventBridge)
    return Policy
  } catch (error) {
    if (error instanceof AwsError && error.status === 404) return undefined
    throw error
  }
}

/** Invokes a Lambda function asynchronously; its policy, or the role, must allow the rule to do so. */
export const toFunction = async (
  platform: Platform,
  Payload: string,
  { target: { Arn, RoleArn }, rule }: Delivery,
): Promise<void> => {
  const principal = RoleArn === undefined ? eventBridge : await roleSession(platform, RoleArn)
  if (RoleArn === undefined) {
    const question = { action: 'lambda:InvokeFunction', resource: Arn, sourceArn: rule.Arn }
    requireAllowed(platform, await policyOf(platform, Arn), question)
  }
  await platform.call('lambda', 'Invoke', { FunctionName: Arn, InvocationType: 'Event', Payload }, principal)
}
