import { isDeepStrictEqual } from 'node:util'
import type { Platform } from '../../core/platform.ts'
import { referencesIn } from './references.ts'
import { resourceTypes } from './resource-types.ts'
import type { Stack } from './stacks.ts'
import { resourcesOf } from './stacks.ts'
import type { Submission } from './submission.ts'
import { readTemplate } from './template.ts'
import { templateScope, wantedResources } from './template-scope.ts'

/** One line of a change set. */
export interface Change {
  readonly Type: 'Resource'
  readonly ResourceChange: {
    readonly Action: 'Add' | 'Modify' | 'Remove'
    readonly LogicalResourceId: string
    readonly PhysicalResourceId?: string
    readonly ResourceType: string
    readonly Replacement?: 'True' | 'False' | 'Conditional'
  }
}

export const noChanges =
  "The submitted information didn't contain changes. Submit different information to create a change set."

/** What a submission would do to a stack, as far as the templates tell; empty when nothing differs. */
export const changesOf = (platform: Platform, stack: Stack, { template, parameters }: Submission): Change[] => {
  const before = stack.template === '' ? undefined : readTemplate(stack.template)
  const present = new Map(resourcesOf(platform, stack).map((resource) => [resource.logicalId, resource]))
  const wanted = wantedResources(template, templateScope(platform, { ...stack, parameters }, template))
  const moved = new Set(Object.keys(parameters).filter((name) => parameters[name] !== stack.parameters[name]))

  const added = wanted
    .filter((id) => !present.has(id))
    .map((id) => ({ Action: 'Add' as const, LogicalResourceId: id, ResourceType: template.Resources[id]?.Type ?? '' }))

  const modified = wanted.flatMap((id) => {
    const resource = present.get(id)
    const after = template.Resources[id]
    if (!resource || !after) return []
    const same =
      isDeepStrictEqual(before?.Resources[id], after) &&
      isDeepStrictEqual(before?.Conditions, template.Conditions) &&
      isDeepStrictEqual(before?.Mappings, template.Mappings) &&
      [...referencesIn(after.Properties)].every((name) => !moved.has(name))
    if (same) return []
    const type = resourceTypes.get(after.Type)
    const changed = type?.replacedBy.some(
      (name) => !isDeepStrictEqual(before?.Resources[id]?.Properties?.[name], after.Properties?.[name]),
    )
    const replaced = resource.type !== after.Type || !type?.update || changed
    return [
      {
        Action: 'Modify' as const,
        LogicalResourceId: id,
        PhysicalResourceId: resource.physicalId,
        ResourceType: after.Type,
        Replacement: replaced ? ('True' as const) : ('False' as const),
      },
    ]
  })

  const removed = [...present.values()]
    .filter(({ logicalId }) => !wanted.includes(logicalId))
    .map(({ logicalId, physicalId, type }) => ({
      Action: 'Remove' as const,
      LogicalResourceId: logicalId,
      PhysicalResourceId: physicalId,
      ResourceType: type,
    }))
  return [...added, ...modified, ...removed].map((ResourceChange) => ({ Type: 'Resource', ResourceChange }))
}

/** Whether a submission differs from the stack at all; outputs count, and so does a stack that is not whole. */
export const differs = (platform: Platform, stack: Stack, submitted: Submission): boolean =>
  changesOf(platform, stack, submitted).length > 0 ||
  stack.template === '' ||
  !isDeepStrictEqual(readTemplate(stack.template).Outputs, submitted.template.Outputs) ||
  stack.status.endsWith('_FAILED')
