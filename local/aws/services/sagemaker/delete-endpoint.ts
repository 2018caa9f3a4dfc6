import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { settledEndpoint } from './hosting/endpoint.ts'
import { fleets } from './hosting/fleets.ts'
import { arnOf, resourceName } from './names.ts'

export default defineOperation({
  service: 'sagemaker',
  name: 'DeleteEndpoint',
  input: z.strictObject({ EndpointName: resourceName }),
  needs: ({ EndpointName }, platform) => [
    { action: 'sagemaker:DeleteEndpoint', resource: arnOf(platform, 'endpoint', EndpointName) },
  ],
  run: ({ EndpointName }, { platform }) => {
    settledEndpoint(platform, EndpointName)
    void fleets(platform).remove(EndpointName)
    return {}
  },
})
