import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import { defineOperation } from '../../core/operation.ts'
import { deploymentConfig } from './hosting/deployment-config.ts'
import { deploymentOf } from './hosting/deployment.ts'
import { endpointConfig } from './hosting/endpoint-config.ts'
import { endpoints, saveEndpoint } from './hosting/endpoint.ts'
import { fleets } from './hosting/fleets.ts'
import { arnOf, resourceName } from './names.ts'
import { addTags, tagList, taggingPermission } from './tags.ts'

export default defineOperation({
  service: 'sagemaker',
  name: 'CreateEndpoint',
  /** Traffic goes to a first fleet at once; DeploymentConfig is kept for updates that retain it. */
  input: z.strictObject({
    EndpointName: resourceName,
    EndpointConfigName: resourceName,
    DeploymentConfig: deploymentConfig.optional(),
    Tags: tagList.optional(),
  }),
  needs: ({ EndpointName, EndpointConfigName, Tags }, platform) => {
    const arn = arnOf(platform, 'endpoint', EndpointName)
    return [
      { action: 'sagemaker:CreateEndpoint', resource: arn },
      { action: 'sagemaker:CreateEndpoint', resource: arnOf(platform, 'endpoint-config', EndpointConfigName) },
      ...taggingPermission(arn, Tags),
    ]
  },
  run: ({ EndpointName: name, EndpointConfigName, DeploymentConfig, Tags }, { platform }) => {
    const arn = arnOf(platform, 'endpoint', name)
    if (endpoints(platform).get(name)) {
      throw new AwsError('ValidationException', `Cannot create already existing endpoint "${arn}".`)
    }
    const pending = deploymentOf(platform, endpointConfig(platform, EndpointConfigName))
    addTags(platform, arn, Tags)
    saveEndpoint(platform, {
      name,
      arn,
      status: 'Creating',
      pending,
      lastDeploymentConfig: DeploymentConfig,
      createdAt: platform.clock.now(),
    })
    void fleets(platform).deploy(name)
    return { EndpointArn: arn }
  },
})
