import { randomBytes } from 'node:crypto'
import { StateError } from '@hopline/local-states'
import type { Tasks } from '@hopline/local-states'
import type { Platform } from '../../../core/platform.ts'
import { roleSession } from '../../../core/signing/account-keys.ts'
import { integrationOf } from './integrations.ts'

/** Whose tasks they are. */
export interface Owner {
  readonly executionArn: string
  readonly machineArn: string
  readonly roleArn: string
}

/** Performs the Tasks of one execution, in one session of the machine's role. */
export const performTasks = (platform: Platform, { roleArn, ...owner }: Owner): Tasks => {
  const session = randomBytes(16).toString('hex')
  const principal = roleSession(roleArn, session)
  return async (resource, given, call) => {
    const integration = integrationOf(platform, resource)
    if (typeof integration === 'string') throw new StateError('States.Runtime', integration)
    return integration({ platform, principal, ...owner, given, call })
  }
}
