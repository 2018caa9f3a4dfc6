import * as z from 'zod'
import { flag, text } from '../property-values.ts'
import { defineResource } from '../resource-type.ts'
import { retagGateway } from './retag-gateway.ts'

const properties = z.strictObject({
  ApiId: text,
  StageName: z.literal('$default', 'only the stage $default is supported'),
  AutoDeploy: z.literal(true, 'only stages with AutoDeploy are supported'),
  Description: text.optional(),
  DefaultRouteSettings: z.strictObject({ DetailedMetricsEnabled: flag.optional() }).optional(),
  Tags: z.record(z.string(), text).optional(),
})

const request = ({ ApiId, StageName, AutoDeploy, Description, DefaultRouteSettings }: z.infer<typeof properties>) => ({
  apiId: ApiId,
  stageName: StageName,
  autoDeploy: AutoDeploy,
  ...(Description !== undefined && { description: Description }),
  ...(DefaultRouteSettings && {
    defaultRouteSettings: { detailedMetricsEnabled: DefaultRouteSettings.DetailedMetricsEnabled ?? false },
  }),
})

export default defineResource({
  type: 'AWS::ApiGatewayV2::Stage',
  properties,
  replacedBy: ['ApiId', 'StageName'],
  async create(stage, { call }) {
    await call('apigateway', 'CreateStage', { ...request(stage), ...(stage.Tags && { tags: stage.Tags }) })
    return { physicalId: stage.StageName, attributes: {} }
  },
  async update(stage, { physicalId, properties: before }, context) {
    await context.call('apigateway', 'UpdateStage', request(stage))
    await retagGateway(context, `apis/${stage.ApiId}/stages/${physicalId}`, before.Tags, stage.Tags)
    return { physicalId, attributes: {} }
  },
  async delete({ physicalId, properties: { ApiId } }, { call }) {
    await call('apigateway', 'DeleteStage', { apiId: ApiId, stageName: physicalId })
  },
})
