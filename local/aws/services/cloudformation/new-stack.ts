import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import type { Platform } from '../../core/platform.ts'
import { setStatus } from './events.ts'
import type { Stack, Tag } from './stacks.ts'
import { findStack } from './stacks.ts'

export const stackName = z.string().regex(/^[A-Za-z][A-Za-z0-9-]{0,127}$/)

const updatable = /^(?:CREATE_COMPLETE|CREATE_FAILED|UPDATE_COMPLETE|UPDATE_FAILED|UPDATE_ROLLBACK_COMPLETE)$/

/** A stack without resources, under review until a change set is executed. */
export const newStack = (platform: Platform, name: string, tags: readonly Tag[]): Stack => {
  if (findStack(platform, name)) throw new AwsError('AlreadyExistsException', `Stack [${name}] already exists`)
  const id = `arn:aws:cloudformation:${platform.region}:${platform.account}:stack/${name}/${randomUUID()}`
  const created = platform.clock.now()
  const stack = { id, name, status: '', template: '', parameters: {}, capabilities: [], tags, outputs: [], created }
  return setStatus(platform, stack, 'REVIEW_IN_PROGRESS', 'User Initiated')
}

export const assertUpdatable = ({ id, status }: Stack): void => {
  if (!updatable.test(status)) {
    throw new AwsError('ValidationError', `Stack:${id} is in ${status} state and can not be updated.`)
  }
}
