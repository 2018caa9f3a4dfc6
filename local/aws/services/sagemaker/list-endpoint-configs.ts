import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { endpointConfigs } from './hosting/endpoint-config.ts'
import { namedListInput, namedPage } from './paging.ts'
import { seconds } from './timestamps.ts'

export default defineOperation({
  service: 'sagemaker',
  name: 'ListEndpointConfigs',
  input: z.strictObject(namedListInput),
  needs: () => [{ action: 'sagemaker:ListEndpointConfigs', resource: '*' }],
  run: (input, { platform }) => {
    const { items, NextToken } = namedPage(endpointConfigs(platform), input)
    return {
      EndpointConfigs: items.map(({ name, arn, createdAt }) => ({
        EndpointConfigName: name,
        EndpointConfigArn: arn,
        CreationTime: seconds(createdAt),
      })),
      NextToken,
    }
  },
})
