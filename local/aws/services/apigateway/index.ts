import type { Operation } from '../../core/operation.ts'
import type { Platform } from '../../core/platform.ts'
import createApi from './create-api.ts'
import createAuthorizer from './create-authorizer.ts'
import createIntegration from './create-integration.ts'
import createRoute from './create-route.ts'
import createStage from './create-stage.ts'
import deleteApi from './delete-api.ts'
import deleteAuthorizer from './delete-authorizer.ts'
import deleteIntegration from './delete-integration.ts'
import deleteRoute from './delete-route.ts'
import deleteStage from './delete-stage.ts'
import { gatewaysOf } from './gateway/gateways.ts'
import getApi from './get-api.ts'
import getApis from './get-apis.ts'
import getAuthorizers from './get-authorizers.ts'
import getRoutes from './get-routes.ts'
import getTags from './get-tags.ts'
import invokeRoute from './invoke-route.ts'
import tagResource from './tag-resource.ts'
import untagResource from './untag-resource.ts'
import updateApi from './update-api.ts'
import updateAuthorizer from './update-authorizer.ts'
import updateIntegration from './update-integration.ts'
import updateRoute from './update-route.ts'
import updateStage from './update-stage.ts'

export const operations: Operation[] = [
  createApi,
  createAuthorizer,
  createIntegration,
  createRoute,
  createStage,
  deleteApi,
  deleteAuthorizer,
  deleteIntegration,
  deleteRoute,
  deleteStage,
  getApi,
  getApis,
  getAuthorizers,
  getRoutes,
  getTags,
  invokeRoute,
  tagResource,
  untagResource,
  updateApi,
  updateAuthorizer,
  updateIntegration,
  updateRoute,
  updateStage,
]

export const start = (platform: Platform): Promise<void> => gatewaysOf(platform).restore()
