import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import { defineOperation } from '../../core/operation.ts'
import { deploymentConfig } from './hosting/deployment-config.ts'
import { deploymentOf } from './hosting/deployment.ts'
import { endpointConfig } from './hosting/endpoint-config.ts'
import { saveEndpoint, settledEndpoint } from './hosting/endpoint.ts'
import { fleets } from './hosting/fleets.ts'
import { arnOf, resourceName } from './names.ts'

export default defineOperation({
  service: 'sagemaker',
  name: 'UpdateEndpoint',
  input: z.strictObject({
    EndpointName: resourceName,
    EndpointConfigName: resourceName,
    RetainAllVariantProperties: z.literal(false).optional(),
    DeploymentConfig: deploymentConfig.optional(),
    RetainDeploymentConfig: z.boolean().optional(),
  }),
  needs: ({ EndpointName, EndpointConfigName }, platform) => [
    { action: 'sagemaker:UpdateEndpoint', resource: arnOf(platform, 'endpoint', EndpointName) },
    { action: 'sagemaker:UpdateEndpoint', resource: arnOf(platform, 'endpoint-config', EndpointConfigName) },
  ],
  run: ({ EndpointName: name, EndpointConfigName }, { platform }) => {
    const { failureReason: _, ...known } = settledEndpoint(platform, name)
    if (known.status === 'Failed') {
      throw new AwsError('ValidationException', `Cannot update endpoint "${known.arn}": its status is Failed.`)
    }
    const pending = deploymentOf(platform, endpointConfig(platform, EndpointConfigName))
    saveEndpoint(platform, { ...known, status: 'Updating', pending })
    void fleets(platform).deploy(name)
    return { EndpointArn: known.arn }
  },
})
