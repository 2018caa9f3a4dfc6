import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import { defineOperation, RawReply } from '../../core/operation.ts'
import { eventInvokeConfigs } from './event-invoke-configs.ts'
import { functionArn, functionNameInput, functionReference } from './function-name.ts'

export default defineOperation({
  service: 'lambda',
  name: 'DeleteFunctionEventInvokeConfig',
  route: { method: 'DELETE', path: '/2019-09-25/functions/{FunctionName}/event-invoke-config' },
  input: z.strictObject({ FunctionName: functionNameInput, Qualifier: z.string().optional() }),
  needs: ({ FunctionName }, platform) => [
    {
      action: 'lambda:DeleteFunctionEventInvokeConfig',
      resource: functionArn(platform, functionReference(FunctionName).name),
    },
  ],
  run({ FunctionName, Qualifier }, { platform }) {
    const { name, qualifier } = functionReference(FunctionName, Qualifier)
    const key = `${name}:${qualifier}`
    if (eventInvokeConfigs(platform).delete(key)) return new RawReply(204)
    throw new AwsError(
      'ResourceNotFoundException',
      `The function ${functionArn(platform, name, qualifier)} doesn't have an EventInvokeConfig`,
      { status: 404, Type: 'User' },
    )
  },
})
