import * as z from 'zod'

const methods = 'GET|HEAD|PUT|POST|DELETE|PATCH|OPTIONS|ANY'

/** What a route can be set to; JWT and Lambda authorizers are refused. */
export const routeMembers = {
  apiId: z.string(),
  routeKey: z.string().regex(new RegExp(`^(?:\\$default|(?:${methods}) /[^\\s?]*)$`)),
  target: z.string().regex(/^integrations\/[a-z0-9]+$/),
  authorizationType: z.enum(['NONE', 'AWS_IAM']).default('NONE'),
  operationName: z.string().optional(),
}
