import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import { defineOperation } from '../../core/operation.ts'
import { functionArn, functionNameInput, functionReference } from './function-name.ts'
import { policies, policyText } from './policies.ts'

export default defineOperation({
  service: 'lambda',
  name: 'GetPolicy',
  route: { method: 'GET', path: '/2015-03-31/functions/{FunctionName}/policy' },
  input: z.strictObject({ FunctionName: functionNameInput, Qualifier: z.string().optional() }),
  needs: ({ FunctionName }, platform) => [
    { action: 'lambda:GetPolicy', resource: functionArn(platform, functionReference(FunctionName).name) },
  ],
  run({ FunctionName }, { platform }) {
    const { name } = functionReference(FunctionName)
    const policy = policies(platform).get(name)
    if (!policy) {
      throw new AwsError('ResourceNotFoundException', 'The resource you requested does not exist.', {
        status: 404,
        Type: 'User',
      })
    }
    return {
      Policy: policyText(policy),
      RevisionId: policy.revision,
    }
  },
})
