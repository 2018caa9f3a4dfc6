import type { Platform } from '../../core/platform.ts'
import { conditionsOf } from './conditions.ts'
import { parameterRef } from './parameters.ts'
import type { Scope } from './resolve.ts'
import { noValue } from './resolve.ts'
import type { Stack } from './stacks.ts'
import { resourceOf } from './stacks.ts'
import type { Template } from './template.ts'
import { invalidTemplate } from './template.ts'

const pseudoParameters = ({ account, region }: Platform, { id, name }: Pick<Stack, 'id' | 'name'>) =>
  new Map<string, unknown>([
    ['AWS::AccountId', account],
    ['AWS::Region', region],
    ['AWS::Partition', 'aws'],
    ['AWS::URLSuffix', 'amazonaws.com'],
    ['AWS::StackId', id],
    ['AWS::StackName', name],
    ['AWS::NotificationARNs', []],
    ['AWS::NoValue', noValue],
  ])

/** Names of a stack's template, seen while it is deployed: resources mean what they are at that moment. */
export const templateScope = (
  platform: Platform,
  stack: Pick<Stack, 'id' | 'name' | 'parameters'>,
  template: Template,
): Scope => {
  const pseudo = pseudoParameters(platform, stack)
  const made = (logicalId: string) => {
    const resource = resourceOf(platform, stack, logicalId)
    if (!resource)
      throw invalidTemplate(
        `Template format error: Unresolved resource dependencies [${logicalId}] in the Resources block of the template`,
      )
    return resource
  }
  const scope: Scope = {
    ref: (name) => {
      if (pseudo.has(name)) return pseudo.get(name)
      const parameter = template.Parameters?.[name]
      if (parameter) return parameterRef(parameter, stack.parameters[name] ?? '')
      return Object.hasOwn(template.Resources, name) ? made(name).physicalId : undefined
    },
    attribute: (resource, attribute) => {
      const value = made(resource).attributes[attribute]
      if (value === undefined) {
        throw invalidTemplate(
          `Template error: resource ${resource} does not support attribute type ${attribute} in Fn::GetAtt`,
        )
      }
      return value
    },
    condition: (name) => condition(name),
    mapping: (map, first, second) => {
      const value = template.Mappings?.[map]?.[first]?.[second]
      if (value === undefined)
        throw invalidTemplate(`Template error: Unable to get mapping for ${map}::${first}::${second}`)
      return value
    },
  }
  const condition = conditionsOf(template, () => scope)
  return scope
}

/** Logical ids that are wanted: those without a condition, and those whose condition holds. */
export const wantedResources = (template: Template, scope: Scope): string[] =>
  Object.entries(template.Resources)
    .filter(([, { Condition }]) => Condition === undefined || scope.condition(Condition))
    .map(([logicalId]) => logicalId)
