import type { Operation } from '../../core/operation.ts'
import type { Platform } from '../../core/platform.ts'
import createChangeSet from './create-change-set.ts'
import createStack from './create-stack.ts'
import deleteChangeSet from './delete-change-set.ts'
import deleteStack from './delete-stack.ts'
import describeChangeSet from './describe-change-set.ts'
import describeStackEvents from './describe-stack-events.ts'
import describeStackResource from './describe-stack-resource.ts'
import describeStackResources from './describe-stack-resources.ts'
import describeStacks from './describe-stacks.ts'
import executeChangeSet from './execute-change-set.ts'
import getTemplate from './get-template.ts'
import getTemplateSummary from './get-template-summary.ts'
import listStackResources from './list-stack-resources.ts'
import listStacks from './list-stacks.ts'
import { failInterrupted } from './stack-runs.ts'
import updateStack from './update-stack.ts'
import validateTemplate from './validate-template.ts'

export const operations: Operation[] = [
  createChangeSet,
  createStack,
  deleteChangeSet,
  deleteStack,
  describeChangeSet,
  describeStackEvents,
  describeStackResource,
  describeStackResources,
  describeStacks,
  executeChangeSet,
  getTemplate,
  getTemplateSummary,
  listStackResources,
  listStacks,
  updateStack,
  validateTemplate,
]

export const start = (platform: Platform): void => failInterrupted(platform)
