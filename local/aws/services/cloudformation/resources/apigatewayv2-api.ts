import * as z from 'zod'
import { flag, text } from '../property-values.ts'
import type { Made } from '../resource-type.ts'
import { defineResource } from '../resource-type.ts'
import { retagGateway } from './retag-gateway.ts'

const properties = z.strictObject({
  Name: text,
  ProtocolType: z.literal('HTTP'),
  Description: text.optional(),
  DisableExecuteApiEndpoint: flag.optional(),
  Tags: z.record(z.string(), text).optional(),
})

const request = ({ Name, ProtocolType, Description, DisableExecuteApiEndpoint, Tags }: z.infer<typeof properties>) => ({
  name: Name,
  protocolType: ProtocolType,
  ...(Description !== undefined && { description: Description }),
  ...(DisableExecuteApiEndpoint !== undefined && { disableExecuteApiEndpoint: DisableExecuteApiEndpoint }),
  ...(Tags && { tags: Tags }),
})

const made = ({ apiId, apiEndpoint }: { apiId: string; apiEndpoint: string }): Made => ({
  physicalId: apiId,
  attributes: { ApiId: apiId, ApiEndpoint: apiEndpoint },
})

export default defineResource({
  type: 'AWS::ApiGatewayV2::Api',
  properties,
  replacedBy: ['ProtocolType'],
  create: async (api, { call }) => made(await call('apigateway', 'CreateApi', request(api))),
  async update(api, { physicalId, properties: before }, context) {
    const { protocolType: _, tags: __, ...changes } = request(api)
    await retagGateway(context, `apis/${physicalId}`, before.Tags, api.Tags)
    return made(await context.call('apigateway', 'UpdateApi', { apiId: physicalId, ...changes }))
  },
  async delete({ physicalId }, { call }) {
    await call('apigateway', 'DeleteApi', { apiId: physicalId })
  },
})
