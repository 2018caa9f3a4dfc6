import { AwsError } from '../../core/errors.ts'
import type { Platform } from '../../core/platform.ts'
import type { Table } from '../../core/store.ts'

export interface Tag {
  readonly Key: string
  readonly Value: string
}

export interface Output {
  readonly OutputKey: string
  readonly OutputValue: string
  readonly Description?: string
  readonly ExportName?: string
}

/** A stack as it is kept; times are milliseconds since 1970. */
export interface Stack {
  readonly id: string
  readonly name: string
  readonly status: string
  readonly reason?: string
  /** The template's text; empty while the first change set is under review. */
  readonly template: string
  readonly parameters: Readonly<Record<string, string>>
  readonly capabilities: readonly string[]
  readonly tags: readonly Tag[]
  readonly outputs: readonly Output[]
  readonly created: number
  readonly updated?: number
  readonly deleted?: number
}

/** A resource of a stack as it was made. */
export interface StackResource {
  readonly logicalId: string
  readonly type: string
  readonly physicalId: string
  readonly attributes: Readonly<Record<string, string>>
  /** As given to the resource type, every intrinsic function replaced. */
  readonly properties: Readonly<Record<string, unknown>>
  readonly needs: readonly string[]
  readonly deletionPolicy: string
  readonly replacePolicy: string
  readonly status: string
  readonly reason?: string
  readonly time: number
}

export const stacks = ({ store }: Pick<Platform, 'store'>): Table<Stack> => store.table('cloudformation.stacks')

const resources = ({ store }: Pick<Platform, 'store'>): Table<StackResource> => store.table('cloudformation.resources')

export const resourcesOf = (platform: Pick<Platform, 'store'>, { id }: Pick<Stack, 'id'>): StackResource[] =>
  resources(platform)
    .list({ prefix: `${id}|` })
    .map(({ value }) => value)

export const resourceOf = (
  platform: Platform,
  { id }: Pick<Stack, 'id'>,
  logicalId: string,
): StackResource | undefined => resources(platform).get(`${id}|${logicalId}`)

export const keepResource = (platform: Platform, { id }: Pick<Stack, 'id'>, resource: StackResource): void =>
  resources(platform).put(`${id}|${resource.logicalId}`, resource)

export const forgetResource = (platform: Platform, { id }: Pick<Stack, 'id'>, logicalId: string): void => {
  resources(platform).delete(`${id}|${logicalId}`)
}

/** By id, or by name among the stacks that are not deleted. */
export const findStack = (platform: Platform, nameOrId: string): Stack | undefined =>
  nameOrId.startsWith('arn:')
    ? stacks(platform).get(nameOrId)
    : stacks(platform)
        .list()
        .map(({ value }) => value)
        .find(({ name, status }) => name === nameOrId && status !== 'DELETE_COMPLETE')

export const existingStack = (platform: Platform, nameOrId: string): Stack => {
  const found = findStack(platform, nameOrId)
  if (!found) throw new AwsError('ValidationError', `Stack with id ${nameOrId} does not exist`)
  return found
}

export const stackArn = ({ region, account }: Platform, name: string): string =>
  `arn:aws:cloudformation:${region}:${account}:stack/${name}/*`
