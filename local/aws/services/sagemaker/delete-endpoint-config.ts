import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { endpointConfig, endpointConfigs } from './hosting/endpoint-config.ts'
import { arnOf, resourceName } from './names.ts'
import { forgetTags } from './tags.ts'

export default defineOperation({
  service: 'sagemaker',
  name: 'DeleteEndpointConfig',
  input: z.strictObject({ EndpointConfigName: resourceName }),
  needs: ({ EndpointConfigName }, platform) => [
    { action: 'sagemaker:DeleteEndpointConfig', resource: arnOf(platform, 'endpoint-config', EndpointConfigName) },
  ],
  run: ({ EndpointConfigName }, { platform }) => {
    const { arn } = endpointConfig(platform, EndpointConfigName)
    endpointConfigs(platform).delete(EndpointConfigName)
    forgetTags(platform, arn)
    return {}
  },
})
