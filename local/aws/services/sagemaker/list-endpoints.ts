import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { endpoints } from './hosting/endpoint.ts'
import { listInput, pageOf, selected, sorted } from './paging.ts'
import { seconds } from './timestamps.ts'

export default defineOperation({
  service: 'sagemaker',
  name: 'ListEndpoints',
  input: z.strictObject({
    ...listInput,
    StatusEquals: z.enum(['Creating', 'InService', 'Updating', 'RollingBack', 'Deleting', 'Failed']).optional(),
    SortBy: z.enum(['Name', 'CreationTime', 'Status']).default('CreationTime'),
  }),
  needs: () => [{ action: 'sagemaker:ListEndpoints', resource: '*' }],
  run: ({ StatusEquals, SortBy, SortOrder = 'Descending', ...input }, { platform }) => {
    const all = endpoints(platform)
      .list()
      .map(({ value }) => value)
      .filter(({ status }) => StatusEquals === undefined || status === StatusEquals)
    const by = { Name: 'name', CreationTime: 'createdAt', Status: 'status' } as const
    const { items, NextToken } = pageOf(
      sorted(selected(all, input), (item) => item[by[SortBy]], SortOrder),
      input,
    )
    return {
      Endpoints: items.map(({ name, arn, status, createdAt, modifiedAt }) => ({
        EndpointName: name,
        EndpointArn: arn,
        CreationTime: seconds(createdAt),
        LastModifiedTime: seconds(modifiedAt),
        EndpointStatus: status,
      })),
      NextToken,
    }
  },
})
