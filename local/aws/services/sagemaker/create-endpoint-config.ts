import { AwsError } from '../../core/errors.ts'
import { defineOperation } from '../../core/operation.ts'
import { endpointConfigRequest, endpointConfigs } from './hosting/endpoint-config.ts'
import { model } from './hosting/model.ts'
import { arnOf } from './names.ts'
import { addTags, taggingPermission } from './tags.ts'

export default defineOperation({
  service: 'sagemaker',
  name: 'CreateEndpointConfig',
  input: endpointConfigRequest,
  needs: ({ EndpointConfigName, Tags }, platform) => {
    const arn = arnOf(platform, 'endpoint-config', EndpointConfigName)
    return [{ action: 'sagemaker:CreateEndpointConfig', resource: arn }, ...taggingPermission(arn, Tags)]
  },
  run: ({ Tags, ...request }, { platform }) => {
    const name = request.EndpointConfigName
    const arn = arnOf(platform, 'endpoint-config', name)
    if (endpointConfigs(platform).get(name)) {
      throw new AwsError('ValidationException', `Cannot create already existing endpoint configuration "${arn}".`)
    }
    for (const { ModelName } of request.ProductionVariants) model(platform, ModelName)
    endpointConfigs(platform).put(name, { name, arn, request, createdAt: platform.clock.now() })
    addTags(platform, arn, Tags)
    return { EndpointConfigArn: arn }
  },
})
