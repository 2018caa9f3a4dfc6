import { AwsError } from '../../core/errors.ts'
import { dependenciesOf, dependencyOrder } from './dependency-order.ts'
import { referencesIn } from './references.ts'
import { resourceTypes } from './resource-types.ts'
import type { Template } from './template.ts'
import { invalidTemplate } from './template.ts'

/** What can be known without deploying: types, references, cycles. Throws ValidationError. */
export const checkTemplate = (template: Template): void => {
  const types = Object.values(template.Resources).map(({ Type }) => Type)
  const unknown = [...new Set(types.filter((type) => !resourceTypes.has(type)))]
  if (unknown.length > 0) {
    throw invalidTemplate(`Template format error: Unrecognized resource types: [${unknown.join(', ')}]`)
  }
  const declared = (name: string) =>
    name.startsWith('AWS::') ||
    Object.hasOwn(template.Resources, name) ||
    Object.hasOwn(template.Parameters ?? {}, name)
  const dangling = (block: string, value: unknown) => {
    const missing = [...referencesIn(value)].filter((name) => !declared(name))
    if (missing.length > 0) {
      throw invalidTemplate(
        `Template format error: Unresolved resource dependencies [${missing.join(', ')}] in the ${block} block of the template`,
      )
    }
  }
  dangling(
    'Resources',
    Object.values(template.Resources).map(({ Properties }) => Properties),
  )
  dangling('Outputs', Object.values(template.Outputs ?? {}))
  dependencyOrder(
    new Map(Object.entries(template.Resources).map(([id, resource]) => [id, dependenciesOf(resource, template)])),
  )
}

/** IAM capabilities that a template needs its deployer to acknowledge. */
export const capabilitiesOf = (template: Template): string[] => {
  const iam = Object.values(template.Resources).filter(({ Type }) => Type.startsWith('AWS::IAM::'))
  if (iam.length === 0) return []
  const named = iam.some(({ Properties = {} }) =>
    ['RoleName', 'UserName', 'GroupName'].some((name) => name in Properties),
  )
  return [named ? 'CAPABILITY_NAMED_IAM' : 'CAPABILITY_IAM']
}

export const checkCapabilities = (template: Template, acknowledged: readonly string[]): void => {
  const missing = capabilitiesOf(template).filter(
    (needed) =>
      !acknowledged.includes(needed) && !(needed === 'CAPABILITY_IAM' && acknowledged.includes('CAPABILITY_NAMED_IAM')),
  )
  if (missing.length > 0) {
    throw new AwsError('InsufficientCapabilitiesException', `Requires capabilities : [${missing.join(', ')}]`)
  }
}
