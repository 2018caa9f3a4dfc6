import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { checkReservation } from './concurrency.ts'
import { functionArn, functionNameInput, functionReference } from './function-name.ts'
import { existingSettings, settingsTable } from './functions.ts'

export default defineOperation({
  service: 'lambda',
  name: 'PutFunctionConcurrency',
  route: { method: 'PUT', path: '/2017-10-31/functions/{FunctionName}/concurrency' },
  input: z.strictObject({ FunctionName: functionNameInput, ReservedConcurrentExecutions: z.int().min(0) }),
  needs: ({ FunctionName }, platform) => [
    { action: 'lambda:PutFunctionConcurrency', resource: functionArn(platform, functionReference(FunctionName).name) },
  ],
  run({ FunctionName, ReservedConcurrentExecutions }, { platform }) {
    const reference = functionReference(FunctionName)
    const settings = existingSettings(platform, reference)
    checkReservation(platform, reference.name, ReservedConcurrentExecutions)
    settingsTable(platform).put(reference.name, { ...settings, reservedConcurrency: ReservedConcurrentExecutions })
    return { ReservedConcurrentExecutions }
  },
})
