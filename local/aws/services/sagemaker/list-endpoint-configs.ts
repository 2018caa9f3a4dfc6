import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { endpointConfigs } from './hosting/endpoint-config.ts'
import { listInput, pageOf, selected, sorted } from './paging.ts'
import { seconds } from './timestamps.ts'

export default defineOperation({
  service: 'sagemaker',
  name: 'ListEndpointConfigs',
  input: z.strictObject({ ...listInput, SortBy: z.enum(['Name', 'CreationTime']).default('CreationTime') }),
  needs: () => [{ action: 'sagemaker:ListEndpointConfigs', resource: '*' }],
  run: ({ SortBy, SortOrder = 'Descending', ...input }, { platform }) => {
    const all = endpointConfigs(platform)
      .list()
      .map(({ value }) => value)
    const by = { Name: 'name', CreationTime: 'createdAt' } as const
    const { items, NextToken } = pageOf(
      sorted(selected(all, input), (item) => item[by[SortBy]], SortOrder),
      input,
    )
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
