import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import type { Platform } from '../../core/platform.ts'

export const busArn = ({ region, account }: Platform): string => `arn:aws:events:${region}:${account}:event-bus/default`

/** The name or ARN of a bus; the default one is the only one here. */
export const EventBusName = z.string().min(1).max(1600).default('default')

/** ResourceNotFoundException for every bus but the default one. */
export const requireDefaultBus = (platform: Platform, bus: string): void => {
  if (bus !== 'default' && bus !== busArn(platform))
    throw new AwsError('ResourceNotFoundException', `Event bus ${bus.split('/').at(-1)} does not exist.`)
}
