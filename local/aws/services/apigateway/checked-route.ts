import { AwsError } from '../../core/errors.ts'
import type { Platform } from '../../core/platform.ts'
import type { Route } from './apis.ts'
import { authorizers, partKey } from './apis.ts'

type Members = {
  readonly [Name in keyof Omit<Route, 'routeId'>]: Route[Name] | undefined
} & Omit<Route, 'routeId' | 'operationName' | 'authorizerId' | 'authorizationScopes'>

const badRequest = (message: string) => new AwsError('BadRequestException', message)

/** A route as it is kept; the authorizer that it names must be there. */
export const checkedRoute = (platform: Platform, routeId: string, members: Members): Route => {
  const { operationName, authorizerId, authorizationScopes, ...rest } = members
  const jwt = rest.authorizationType === 'JWT'
  if (jwt && (authorizerId === undefined || !authorizers(platform).get(partKey(rest.apiId, authorizerId)))) {
    throw badRequest(
      'Invalid authorizer ID specified. Setting the authorization type to JWT requires a valid JWT authorizer.',
    )
  }
  if (!jwt && authorizationScopes?.length) {
    throw badRequest('Authorization Scopes are only valid for COGNITO_USER_POOLS and JWT authorization types')
  }
  return {
    ...rest,
    routeId,
    ...(operationName !== undefined && { operationName }),
    ...(jwt && authorizerId !== undefined && { authorizerId }),
    ...(authorizationScopes?.length && { authorizationScopes }),
  }
}
