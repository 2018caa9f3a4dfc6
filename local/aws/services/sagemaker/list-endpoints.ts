import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { endpoints } from './hosting/endpoint.ts'
import { statusListInput, statusPage } from './paging.ts'
import { seconds } from './timestamps.ts'

export default defineOperation({
  service: 'sagemaker',
  name: 'ListEndpoints',
  input: z.strictObject({
    ...statusListInput,
    StatusEquals: z
      .enum(['Creating', 'InService', 'Updating', 'RollingBack', 'UpdateRollbackFailed', 'Deleting', 'Failed'])
      .optional(),
  }),
  needs: () => [{ action: 'sagemaker:ListEndpoints', resource: '*' }],
  run: ({ SortOrder = 'Descending', ...input }, { platform }) => {
    const { items, NextToken } = statusPage(endpoints(platform), { ...input, SortOrder })
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
