import * as z from 'zod'
import { text } from '../property-values.ts'
import { defineResource } from '../resource-type.ts'

const properties = z.strictObject({
  ApiId: text,
  RouteKey: text,
  Target: text,
  AuthorizationType: z.enum(['NONE', 'AWS_IAM'], 'only NONE and AWS_IAM are supported').optional(),
  OperationName: text.optional(),
})

const request = ({ ApiId, RouteKey, Target, AuthorizationType, OperationName }: z.infer<typeof properties>) => ({
  apiId: ApiId,
  routeKey: RouteKey,
  target: Target,
  authorizationType: AuthorizationType ?? 'NONE',
  ...(OperationName !== undefined && { operationName: OperationName }),
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
