import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { functionArn, functionNameInput, functionReference } from './function-name.ts'
import { existingSettings } from './functions.ts'

export default defineOperation({
  service: 'lambda',
  name: 'GetFunctionConcurrency',
  route: { method: 'GET', path: '/2019-09-30/functions/{FunctionName}/concurrency' },
  input: z.strictObject({ FunctionName: functionNameInput }),
  needs: ({ FunctionName }, platform) => [
    { action: 'lambda:GetFunctionConcurrency', resource: functionArn(platform, functionReference(FunctionName).name) },
  ],
  run({ FunctionName }, { platform }) {
    const { reservedConcurrency } = existingSettings(platform, functionReference(FunctionName))
    return reservedConcurrency === undefined ? {} : { ReservedConcurrentExecutions: reservedConcurrency }
  },
})
