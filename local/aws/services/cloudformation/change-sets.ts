import { randomUUID } from 'node:crypto'
import { AwsError } from '../../core/errors.ts'
import type { Platform } from '../../core/platform.ts'
import type { Table } from '../../core/store.ts'
import type { Change } from './changes.ts'
import type { Stack, Tag } from './stacks.ts'
import { existingStack } from './stacks.ts'

/** A submission that waits to be executed. */
export interface ChangeSet {
  readonly id: string
  readonly name: string
  readonly stackId: string
  readonly stackName: string
  readonly kind: 'CREATE' | 'UPDATE'
  readonly status: 'CREATE_COMPLETE' | 'FAILED'
  readonly reason?: string
  readonly executed: boolean
  readonly template: string
  readonly parameters: Readonly<Record<string, string>>
  readonly capabilities: readonly string[]
  readonly tags: readonly Tag[]
  readonly changes: readonly Change[]
  /** Milliseconds since 1970. */
  readonly created: number
}

/** Keys are `<stack id>|<name>`. */
export const changeSets = ({ store }: Platform): Table<ChangeSet> => store.table('cloudformation.change-sets')

export const changeSetKey = ({ stackId, name }: Pick<ChangeSet, 'stackId' | 'name'>): string => `${stackId}|${name}`

export const changeSetArn = ({ region, account }: Platform, name: string): string =>
  `arn:aws:cloudformation:${region}:${account}:changeSet/${name}/${randomUUID()}`

/** By its ARN, or by its name within a stack. */
export const findChangeSet = (platform: Platform, name: string, stack: string | undefined): ChangeSet | undefined => {
  if (name.startsWith('arn:'))
    return changeSets(platform)
      .list()
      .find(({ value }) => value.id === name)?.value
  if (stack === undefined)
    throw new AwsError('ValidationError', 'StackName must be specified if ChangeSetName is not specified as an ARN.')
  return changeSets(platform).get(changeSetKey({ stackId: existingStack(platform, stack).id, name }))
}

export const existingChangeSet = (platform: Platform, name: string, stack: string | undefined): ChangeSet => {
  const found = findChangeSet(platform, name, stack)
  if (!found) throw new AwsError('ChangeSetNotFound', `ChangeSet [${name}] does not exist`, { status: 404 })
  return found
}

/** A stack's change sets are of no use once one of them runs, or the stack goes. */
export const dropChangeSets = (platform: Platform, { id }: Pick<Stack, 'id'>): void => {
  for (const { key } of changeSets(platform).list({ prefix: `${id}|` })) changeSets(platform).delete(key)
}
