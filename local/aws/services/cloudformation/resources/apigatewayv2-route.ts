import * as z from 'zod'
import { text } from '../property-values.ts'
import { defineResource } from '../resource-type.ts'

const properties = z.strictObject({
  ApiId: text,
  RouteKey: text,
  Target: text,
  AuthorizationType: z.enum(['NONE', 'AWS_IAM', 'JWT'], 'only NONE, AWS_IAM and JWT are supported').optional(),
  AuthorizerId: text.optional(),
  AuthorizationScopes: z.array(text).optional(),
  OperationName: text.optional(),
})

const request = ({ ApiId, RouteKey, Target, AuthorizationType, ...rest }: z.infer<typeof properties>) => ({
  apiId: ApiId,
  routeKey: RouteKey,
  target: Target,
  authorizationType: AuthorizationType ?? 'NONE',
  ...(rest.OperationName !== undefined && { operationName: rest.OperationName }),
  ...(rest.AuthorizerId !== undefined && { authorizerId: rest.AuthorizerId }),
  ...(rest.AuthorizationScopes && { authorizationScopes: rest.AuthorizationScopes }),
})

export default defineResource({
  type: 'AWS::ApiGatewayV2::Route',
  properties,
  replacedBy: ['ApiId'],
  async create(route, { call }) {
    const { routeId } = await call<{ routeId: string }>('apigateway', 'CreateRoute', request(route))
    return { physicalId: routeId, attributes: { RouteId: routeId } }
  },
  async update(route, { physicalId, attributes }, { call }) {
    await call('apigateway', 'UpdateRoute', { routeId: physicalId, ...request(route) })
    return { physicalId, attributes }
  },
  async delete({ physicalId, properties: { ApiId } }, { call }) {
    await call('apigateway', 'DeleteRoute', { apiId: ApiId, routeId: physicalId })
  },
})
