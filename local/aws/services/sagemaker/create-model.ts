import { AwsError } from '../../core/errors.ts'
import { defineOperation } from '../../core/operation.ts'
import { imageOf } from './container/images.ts'
import { modelRequest, models, servingContainer } from './hosting/model.ts'
import { arnOf } from './names.ts'
import { addTags, taggingPermission } from './tags.ts'

export default defineOperation({
  service: 'sagemaker',
  name: 'CreateModel',
  input: modelRequest,
  needs: ({ ModelName, ExecutionRoleArn, Tags }, platform) => {
    const arn = arnOf(platform, 'model', ModelName)
    return [
      { action: 'sagemaker:CreateModel', resource: arn },
      { action: 'iam:PassRole', resource: ExecutionRoleArn },
      ...taggingPermission(arn, Tags),
    ]
  },
  run: ({ Tags, ...request }, { platform }) => {
    const name = request.ModelName
    const arn = arnOf(platform, 'model', name)
    if (models(platform).get(name)) {
      throw new AwsError('ValidationException', `Cannot create already existing model "${arn}".`)
    }
    imageOf(servingContainer(platform, request).image)
    models(platform).put(name, { name, arn, request, createdAt: platform.clock.now() })
    addTags(platform, arn, Tags)
    return { ModelArn: arn }
  },
})
