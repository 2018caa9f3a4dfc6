import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { functionArn, functionNameInput, functionReference } from './function-name.ts'
import { existingVersion } from './functions.ts'

export default defineOperation({
  service: 'lambda',
  name: 'GetFunctionConfiguration',
  route: { method: 'GET', path: '/2015-03-31/functions/{FunctionName}/configuration' },
  input: z.strictObject({ FunctionName: functionNameInput, Qualifier: z.string().optional() }),
  needs: ({ FunctionName }, platform) => [
    {
      action: 'lambda:GetFunctionConfiguration',
      resource: functionArn(platform, functionReference(FunctionName).name),
    },
  ],
  run: ({ FunctionName, Qualifier }, { platform }) =>
    existingVersion(platform, functionReference(FunctionName, Qualifier)),
})
