import * as z from 'zod'
import { defineResource } from '../resource-type.ts'

const refusal =
  'JWT and Lambda authorizers are not supported by this platform; use AuthorizationType AWS_IAM on the route'

/** Known, so that the refusal says what to do instead. */
export default defineResource({
  type: 'AWS::ApiGatewayV2::Authorizer',
  properties: z.record(z.string(), z.unknown()),
  replacedBy: [],
  create: () => Promise.reject(new Error(refusal)),
  delete: () => Promise.resolve(),
})
