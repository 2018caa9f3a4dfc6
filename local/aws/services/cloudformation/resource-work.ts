import { randomBytes } from 'node:crypto'
import { AwsError } from '../../core/errors.ts'
import type { Principal } from '../../core/operation.ts'
import type { Platform } from '../../core/platform.ts'
import type { Existing, ResourceContext, ResourceType } from './resource-type.ts'
import { resourceTypes } from './resource-types.ts'
import type { Stack, StackResource } from './stacks.ts'

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'
const random = (length: number) => Array.from(randomBytes(length), (byte) => letters[byte % letters.length]).join('')
const randomLength = 12

export const resourceContext = (
  platform: Platform,
  principal: Principal,
  stack: Pick<Stack, 'name'>,
  logicalId: string,
): ResourceContext => ({
  platform,
  principal,
  stackName: stack.name,
  logicalId,
  name: (maxLength) => `${`${stack.name}-${logicalId}`.slice(0, maxLength - randomLength - 1)}-${random(randomLength)}`,
  call: (service, operation, input) => platform.call(service, operation, input, principal),
})

/** The type of a resource; an unknown one throws and is named. */
export const typeOf = (type: string): ResourceType => {
  const known = resourceTypes.get(type)
  if (!known) throw new AwsError('ValidationError', `Unrecognized resource types: [${type}]`)
  return known
}

/** Properties as their type's schema has them. Throws with every problem, each with its place. */
export const checkedProperties = (type: ResourceType, properties: unknown): Readonly<Record<string, unknown>> => {
  const { success, data, error } = type.properties.safeParse(properties ?? {})
  if (success) return data
  const problems = error.issues.map((issue) => {
    const place = `#${issue.path.map((step) => `/${String(step)}`).join('')}`
    if (issue.code !== 'unrecognized_keys') return `${place}: ${issue.message}`
    return issue.keys.map((key) => `${place}: extraneous key [${key}] is not permitted`).join(', ')
  })
  throw new AwsError('ValidationError', `Properties validation failed with message: [${problems.join(', ')}]`)
}

export const existingOf = ({
  physicalId,
  attributes,
  properties,
}: StackResource): Existing<Record<string, unknown>> => ({
  physicalId,
  attributes,
  properties,
})

/** The reason of a failure, for an event: the other service's own words and its code. */
export const reasonOf = (error: unknown): string => {
  if (error instanceof AwsError && error.code !== 'ValidationError') return `${error.message} (${error.code})`
  return error instanceof Error ? error.message : String(error)
}
