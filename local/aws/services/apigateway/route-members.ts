import * as z from 'zod'

const methods = 'GET|HEAD|PUT|POST|DELETE|PATCH|OPTIONS|ANY'

/** What a route can be set to; Lambda authorizers are refused. */
export const routeMembers = {
  apiId: z.string(),
  routeKey: z.string().regex(new RegExp(`^(?:\\$default|(?:${methods}) /[^\\s?]*)$`)),
  target: z.string().regex(/^integrations\/[a-z0-9]+$/),
  authorizationType: z.enum(['NONE', 'AWS_IAM', 'JWT']).default('NONE'),
  authorizerId: z.string().optional(),
  authorizationScopes: z.array(z.string().min(1).max(64)).optional(),
  operationName: z.string().optional(),
}
