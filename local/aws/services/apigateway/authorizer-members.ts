import * as z from 'zod'

/** What an authorizer can be set to; Lambda authorizers are refused. */
export const authorizerMembers = {
  apiId: z.string(),
  name: z.string().min(1).max(128),
  authorizerType: z.literal('JWT', 'only JWT authorizers are supported'),
  identitySource: z.array(z.string().regex(/^\$request\.(?:header|querystring)\.[\w-]+$/)).length(1),
  jwtConfiguration: z.strictObject({ audience: z.array(z.string()).min(1), issuer: z.url() }),
}
