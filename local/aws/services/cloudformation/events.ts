import { randomUUID } from 'node:crypto'
import type { Platform } from '../../core/platform.ts'
import type { Table } from '../../core/store.ts'
import type { Stack } from './stacks.ts'
import { stacks } from './stacks.ts'

/** One step of a stack or of one of its resources. */
export interface StackEvent {
  readonly EventId: string
  readonly StackId: string
  readonly StackName: string
  readonly LogicalResourceId: string
  readonly PhysicalResourceId: string
  readonly ResourceType: string
  /** Milliseconds since 1970. */
  readonly time: number
  readonly ResourceStatus: string
  readonly ResourceStatusReason?: string
}

const table = ({ store }: Platform): Table<StackEvent> => store.table('cloudformation.events')
let sequence = 0

export const recordEvent = (
  platform: Platform,
  stack: Pick<Stack, 'id' | 'name'>,
  event: Pick<StackEvent, 'LogicalResourceId' | 'PhysicalResourceId' | 'ResourceType' | 'ResourceStatus'> & {
    reason?: string | undefined
  },
): void => {
  const { reason, ...rest } = event
  const time = platform.clock.now()
  sequence += 1
  table(platform).put(`${stack.id}|${String(time).padStart(15, '0')}|${String(sequence).padStart(9, '0')}`, {
    EventId: `${event.LogicalResourceId}-${event.ResourceStatus}-${randomUUID()}`,
    StackId: stack.id,
    StackName: stack.name,
    time,
    ...rest,
    ...(reason !== undefined && { ResourceStatusReason: reason }),
  })
}

/** Newest first, as CloudFormation lists them. */
export const eventsOf = (platform: Platform, { id }: Pick<Stack, 'id'>): StackEvent[] =>
  table(platform)
    .list({ prefix: `${id}|` })
    .map(({ value }) => value)
    .toReversed()

/** Moves a stack to a status, with the event that says so. */
export const setStatus = (platform: Platform, stack: Stack, status: string, reason?: string): Stack => {
  const { reason: _, ...before } = stack
  const after: Stack = { ...before, status, ...(reason !== undefined && { reason }) }
  stacks(platform).put(stack.id, after)
  recordEvent(platform, stack, {
    LogicalResourceId: stack.name,
    PhysicalResourceId: stack.id,
    ResourceType: 'AWS::CloudFormation::Stack',
    ResourceStatus: status,
    reason,
  })
  return after
}
