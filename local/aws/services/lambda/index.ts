import type { Operation } from '../../core/operation.ts'
import type { Platform } from '../../core/platform.ts'
import { asynchronousOf } from './asynchronous.ts'
import { sweepCode } from './code.ts'
import { resourcePolicy } from './resource-policy.ts'
import { restorePollers } from './event-sources/pollers.ts'
import addPermission from './add-permission.ts'
import createEventSourceMapping from './create-event-source-mapping.ts'
import createFunction from './create-function.ts'
import deleteEventSourceMapping from './delete-event-source-mapping.ts'
import deleteFunction from './delete-function.ts'
import deleteFunctionConcurrency from './delete-function-concurrency.ts'
import deleteFunctionEventInvokeConfig from './delete-function-event-invoke-config.ts'
import getEventSourceMapping from './get-event-source-mapping.ts'
import getAccountSettings from './get-account-settings.ts'
import getFunction from './get-function.ts'
import getFunctionConcurrency from './get-function-concurrency.ts'
import getFunctionConfiguration from './get-function-configuration.ts'
import getFunctionEventInvokeConfig from './get-function-event-invoke-config.ts'
import getPolicy from './get-policy.ts'
import invoke from './invoke.ts'
import listEventSourceMappings from './list-event-source-mappings.ts'
import listFunctions from './list-functions.ts'
import listTags from './list-tags.ts'
import listVersionsByFunction from './list-versions-by-function.ts'
import publishVersion from './publish-version.ts'
import putFunctionConcurrency from './put-function-concurrency.ts'
import putFunctionEventInvokeConfig from './put-function-event-invoke-config.ts'
import removePermission from './remove-permission.ts'
import tagResource from './tag-resource.ts'
import untagResource from './untag-resource.ts'
import updateEventSourceMapping from './update-event-source-mapping.ts'
import updateFunctionCode from './update-function-code.ts'
import updateFunctionConfiguration from './update-function-configuration.ts'

export const operations: Operation[] = [
  addPermission,
  createEventSourceMapping,
  createFunction,
  deleteEventSourceMapping,
  deleteFunction,
  deleteFunctionConcurrency,
  deleteFunctionEventInvokeConfig,
  getEventSourceMapping,
  getAccountSettings,
  getFunction,
  getFunctionConcurrency,
  getFunctionConfiguration,
  getFunctionEventInvokeConfig,
  getPolicy,
  invoke,
  listEventSourceMappings,
  listFunctions,
  listTags,
  listVersionsByFunction,
  publishVersion,
  putFunctionConcurrency,
  putFunctionEventInvokeConfig,
  removePermission,
  tagResource,
  untagResource,
  updateEventSourceMapping,
  updateFunctionCode,
  updateFunctionConfiguration,
]

export const resourcePolicies = { lambda: resourcePolicy }

export const start = async (platform: Platform): Promise<void> => {
  await sweepCode(platform)
  asynchronousOf(platform).restore()
  restorePollers(platform)
}
