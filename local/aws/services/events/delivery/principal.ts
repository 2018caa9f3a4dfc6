import type { Principal } from '../../../core/operation.ts'
import type { Platform } from '../../../core/platform.ts'
import { DeliveryFailure } from './delivery-failure.ts'

/** EventBridge itself, on behalf of a rule. */
export const eventBridge = (ruleArn: string): Principal => ({
  kind: 'service',
  arn: 'events.amazonaws.com',
  sourceArn: ruleArn,
})

/** A session of the target's role, which must trust EventBridge; DeliveryFailure if it does not. */
export const roleSession = async (platform: Platform, roleArn: string, ruleArn: string): Promise<Principal> => {
  const request = { RoleArn: roleArn, RoleSessionName: 'EventBridge' }
  try {
    const { AssumedRoleUser } = await platform.call<{ AssumedRoleUser: { Arn: string } }>(
      'sts',
      'AssumeRole',
      request,
      eventBridge(ruleArn),
    )
    return { kind: 'role', roleArn, arn: AssumedRoleUser.Arn }
  } catch (error) {
    throw new DeliveryFailure('FAILED_TO_ASSUME_ROLE', error instanceof Error ? error.message : String(error))
  }
}
