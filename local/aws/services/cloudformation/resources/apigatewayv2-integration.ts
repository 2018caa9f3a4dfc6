import * as z from 'zod'
import { number, text } from '../property-values.ts'
import { defineResource } from '../resource-type.ts'

const properties = z.strictObject({
  ApiId: text,
  IntegrationType: z.literal('AWS_PROXY'),
  IntegrationUri: text,
  IntegrationMethod: z.literal('POST').optional(),
  PayloadFormatVersion: z.literal('2.0', 'only payload format 2.0 is supported'),
  TimeoutInMillis: number.optional(),
  Description: text.optional(),
})

const request = ({
  ApiId,
  IntegrationType,
  IntegrationUri,
  PayloadFormatVersion,
  ...rest
}: z.infer<typeof properties>) => ({
  apiId: ApiId,
  integrationType: IntegrationType,
  integrationUri: IntegrationUri,
  payloadFormatVersion: PayloadFormatVersion,
  ...(rest.TimeoutInMillis !== undefined && { timeoutInMillis: rest.TimeoutInMillis }),
  ...(rest.Description !== undefined && { description: rest.Description }),
})

export default defineResource({
  type: 'AWS::ApiGatewayV2::Integration',
  properties,
  replacedBy: ['ApiId'],
  async create(integration, { call }) {
    const { integrationId } = await call<{ integrationId: string }>(
      'apigateway',
      'CreateIntegration',
      request(integration),
    )
    return { physicalId: integrationId, attributes: { IntegrationId: integrationId } }
  },
  async update(integration, { physicalId, attributes }, { call }) {
    await call('apigateway', 'UpdateIntegration', { integrationId: physicalId, ...request(integration) })
    return { physicalId, attributes }
  },
  async delete({ physicalId, properties: { ApiId } }, { call }) {
    await call('apigateway', 'DeleteIntegration', { apiId: ApiId, integrationId: physicalId })
  },
})
