import * as z from 'zod'

/** What an integration can be set to: a function behind payload format 2.0. */
export const integrationMembers = {
  apiId: z.string(),
  integrationType: z.literal('AWS_PROXY'),
  integrationUri: z.string().startsWith('arn:aws:lambda:'),
  payloadFormatVersion: z.literal('2.0'),
  timeoutInMillis: z.int().min(50).max(30_000).optional(),
  description: z.string().optional(),
}

export const longestTimeoutMs = 30_000
