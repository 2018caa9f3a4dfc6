import { createHash } from 'node:crypto'
import { AwsError } from '../../../core/errors.ts'
import type { Platform } from '../../../core/platform.ts'
import type { Delivery } from './delivery.ts'
import { roleSession } from './principal.ts'

/** The same for every try of the same event, so that no second try starts a second execution. */
const executionName = ({ event, rule, target }: Delivery) => {
  const hash = createHash('sha256').update(`${rule.Arn}/${target.Id}`).digest('hex').slice(0, 32)
  return `${event.id}_${hash.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')}`
}

/** Starts an execution as the target's role, named by the event as on AWS. */
export const toStateMachine = async (platform: Platform, input: string, delivery: Delivery): Promise<void> => {
  const { Arn, RoleArn = '' } = delivery.target
  const principal = await roleSession(platform, RoleArn, delivery.rule.Arn)
  const request = { stateMachineArn: Arn, name: executionName(delivery), input }
  try {
    await platform.call('states', 'StartExecution', request, principal)
  } catch (error) {
    if (!(error instanceof AwsError && error.code === 'ExecutionAlreadyExists')) throw error
  }
}
