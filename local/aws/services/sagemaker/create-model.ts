import { AwsError } from '../../core/errors.ts'
import { defineOperation } from '../../core/operation.ts'
import { passRole } from '../../core/policy/pass-role.ts'
import { imageOf } from './container/images.ts'
import { modelRequest, models, servingContainer } from './hosting/model.ts'
import { arnOf } from './names.ts'
import { requireTrust } from './require-trust.ts'
import { addTags, taggingPermission } from './tags.ts'

export default defineOperation({
  service: 'sagemaker',
  name: 'CreateModel',
  input: modelRequest,
  needs: ({ ModelName, ExecutionRoleArn, Tags }, platform) => {
    const arn = arnOf(platform, 'model', ModelName)
    return [
      { action: 'sagemaker:CreateModel', resource: arn },
      passRole(ExecutionRoleArn, 'sagemaker.amazonaws.com'),
      ...taggingPermission(arn, Tags),
    ]
  },
  run: ({ Tags, ...request }, { platform }) => {
    const name = request.ModelName
    const arn = arnOf(platform, 'model', name)
    if (models(platform).get(name)) {
      throw new AwsError('ValidationException', `Cannot create already existing model "${arn}".`)
    }
    requireTrust(platform, request.ExecutionRoleArn, arn)
    imageOf(servingContainer(platform, request).image)
    models(platform).put(name, { name, arn, request, createdAt: platform.clock.now() })
    addTags(platform, arn, Tags)
    return { ModelArn: arn }
  },
})
