import type { Principal } from '../../../core/operation.ts'
import type { Platform } from '../../../core/platform.ts'
import { DeliveryFailure } from './delivery-failure.ts'

/** EventBridge itself. */
export const eventBridge: Principal = { kind: 'service', arn: 'events.amazonaws.com' }

/** A session of the target's role, which must trust EventBridge; DeliveryFailure if it does not. */
export const roleSession = async (platform: Platform, roleArn: string): Promise<Principal> => {
  const request = { RoleArn: roleArn, RoleSessionName: 'EventBridge' }
  try {
    const { AssumedRoleUser } = await platform.call<{ AssumedRoleUser: { Arn: string } }>(
      'sts',
      'AssumeRole',
      request,
      eventBridge,
    )
    return { kind: 'role', roleArn, arn: AssumedRoleUser.Arn }
  } catch (error) {
    throw new DeliveryFailure('FAILED_TO_ASSUME_ROLE', error instanceof Error ? error.message : String(error))
  }
}
