import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { endpointConfig } from './hosting/endpoint-config.ts'
import { arnOf, resourceName } from './names.ts'
import { seconds } from './timestamps.ts'

export default defineOperation({
  service: 'sagemaker',
  name: 'DescribeEndpointConfig',
  input: z.strictObject({ EndpointConfigName: resourceName }),
  needs: ({ EndpointConfigName }, platform) => [
    {
      action: 'sagemaker:DescribeEndpointConfig',
      resource: arnOf(platform, 'endpoint-config', EndpointConfigName),
    },
  ],
  run: ({ EndpointConfigName }, { platform }) => {
    const { arn, request, createdAt } = endpointConfig(platform, EndpointConfigName)
    return { ...request, EndpointConfigArn: arn, CreationTime: seconds(createdAt) }
  },
})
