import * as z from 'zod'

/** What a stage can be set to; other stages than `$default`, and deployments by hand, are refused. */
export const stageMembers = {
  apiId: z.string(),
  stageName: z.literal('$default'),
  autoDeploy: z.literal(true),
  description: z.string().optional(),
  defaultRouteSettings: z.strictObject({ detailedMetricsEnabled: z.boolean().optional() }).optional(),
}
