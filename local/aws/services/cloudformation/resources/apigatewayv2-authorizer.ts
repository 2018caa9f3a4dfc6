import * as z from 'zod'
import { text } from '../property-values.ts'
import { defineResource } from '../resource-type.ts'

const properties = z.strictObject({
  ApiId: text,
  Name: text,
  AuthorizerType: z.literal(
    'JWT',
    'only JWT authorizers are supported; AuthorizationType AWS_IAM on the route needs none',
  ),
  IdentitySource: z.array(text),
  JwtConfiguration: z.strictObject({ Audience: z.array(text), Issuer: text }),
})

const request = ({ ApiId, Name, AuthorizerType, IdentitySource, JwtConfiguration }: z.infer<typeof properties>) => ({
  apiId: ApiId,
  name: Name,
  authorizerType: AuthorizerType,
  identitySource: IdentitySource,
  jwtConfiguration: { audience: JwtConfiguration.Audience, issuer: JwtConfiguration.Issuer },
})

export default defineResource({
  type: 'AWS::ApiGatewayV2::Authorizer',
  properties,
  replacedBy: ['ApiId', 'AuthorizerType'],
  async create(authorizer, { call }) {
    const { authorizerId } = await call<{ authorizerId: string }>('apigateway', 'CreateAuthorizer', request(authorizer))
    return { physicalId: authorizerId, attributes: { AuthorizerId: authorizerId } }
  },
  async update(authorizer, { physicalId, attributes }, { call }) {
    await call('apigateway', 'UpdateAuthorizer', { authorizerId: physicalId, ...request(authorizer) })
    return { physicalId, attributes }
  },
  async delete({ physicalId, properties: { ApiId } }, { call }) {
    await call('apigateway', 'DeleteAuthorizer', { apiId: ApiId, authorizerId: physicalId })
  },
})
