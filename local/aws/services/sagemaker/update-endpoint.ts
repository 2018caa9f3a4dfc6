import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import { defineOperation } from '../../core/operation.ts'
import { deploymentConfig } from './hosting/deployment-config.ts'
import { deploymentOf } from './hosting/deployment.ts'
import { endpointConfig } from './hosting/endpoint-config.ts'
import { saveEndpoint, settledEndpoint } from './hosting/endpoint.ts'
import { fleets } from './hosting/fleets.ts'
import { retainable, retained } from './hosting/retained.ts'
import { trafficSteps } from './hosting/traffic-steps.ts'
import { arnOf, resourceName } from './names.ts'

export default defineOperation({
  service: 'sagemaker',
  name: 'UpdateEndpoint',
  input: z.strictObject({
    EndpointName: resourceName,
    EndpointConfigName: resourceName,
    RetainAllVariantProperties: z.boolean().default(false),
    ExcludeRetainedVariantProperties: z
      .array(z.strictObject({ VariantPropertyType: retainable }))
      .max(3)
      .default([]),
    DeploymentConfig: deploymentConfig.optional(),
    RetainDeploymentConfig: z.boolean().default(false),
  }),
  needs: ({ EndpointName, EndpointConfigName }, platform) => [
    { action: 'sagemaker:UpdateEndpoint', resource: arnOf(platform, 'endpoint', EndpointName) },
    { action: 'sagemaker:UpdateEndpoint', resource: arnOf(platform, 'endpoint-config', EndpointConfigName) },
  ],
  run: ({ EndpointName: name, EndpointConfigName, ...input }, { platform }) => {
    const { failureReason: _, mixedShare: __, ...known } = settledEndpoint(platform, name)
    if (known.status === 'Failed') {
      throw new AwsError('ValidationException', `Cannot update endpoint "${known.arn}": its status is Failed.`)
    }
    const config = input.RetainDeploymentConfig ? known.lastDeploymentConfig : input.DeploymentConfig
    const fresh = deploymentOf(platform, endpointConfig(platform, EndpointConfigName), config)
    const excluded = input.ExcludeRetainedVariantProperties.map(({ VariantPropertyType }) => VariantPropertyType)
    const pending = input.RetainAllVariantProperties ? retained(fresh, known.current, excluded) : fresh
    trafficSteps(config, pending.variants)
    saveEndpoint(platform, { ...known, status: 'Updating', pending, lastDeploymentConfig: config })
    void fleets(platform).deploy(name)
    return { EndpointArn: known.arn }
  },
})
