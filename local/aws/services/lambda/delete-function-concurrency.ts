import * as z from 'zod'
import { defineOperation, RawReply } from '../../core/operation.ts'
import { functionArn, functionNameInput, functionReference } from './function-name.ts'
import { existingSettings, settingsTable } from './functions.ts'

export default defineOperation({
  service: 'lambda',
  name: 'DeleteFunctionConcurrency',
  route: { method: 'DELETE', path: '/2017-10-31/functions/{FunctionName}/concurrency' },
  input: z.strictObject({ FunctionName: functionNameInput }),
  needs: ({ FunctionName }, platform) => [
    {
      action: 'lambda:DeleteFunctionConcurrency',
      resource: functionArn(platform, functionReference(FunctionName).name),
    },
  ],
  run({ FunctionName }, { platform }) {
    const reference = functionReference(FunctionName)
    const { reservedConcurrency: _, ...settings } = existingSettings(platform, reference)
    settingsTable(platform).put(reference.name, settings)
    return new RawReply(204)
  },
})
