import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { describeEndpoint, endpoint } from './hosting/endpoint.ts'
import { arnOf, resourceName } from './names.ts'

export default defineOperation({
  service: 'sagemaker',
  name: 'DescribeEndpoint',
  input: z.strictObject({ EndpointName: resourceName }),
  needs: ({ EndpointName }, platform) => [
    { action: 'sagemaker:DescribeEndpoint', resource: arnOf(platform, 'endpoint', EndpointName) },
  ],
  run: ({ EndpointName }, { platform }) => describeEndpoint(endpoint(platform, EndpointName)),
})
