import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { functionArn, functionNameInput, functionReference } from './function-name.ts'
import { existingSettings, existingVersion } from './functions.ts'

export default defineOperation({
  service: 'lambda',
  name: 'GetFunction',
  route: { method: 'GET', path: '/2015-03-31/functions/{FunctionName}' },
  input: z.strictObject({ FunctionName: functionNameInput, Qualifier: z.string().optional() }),
  needs: ({ FunctionName }, platform) => [
    { action: 'lambda:GetFunction', resource: functionArn(platform, functionReference(FunctionName).name) },
  ],
  run({ FunctionName, Qualifier }, { platform }) {
    const reference = functionReference(FunctionName, Qualifier)
    const Configuration = existingVersion(platform, reference)
    const { tags, reservedConcurrency } = existingSettings(platform, reference)
    return {
      Configuration,
      Code: { RepositoryType: 'S3' },
      ...(Object.keys(tags).length > 0 && { Tags: tags }),
      ...(reservedConcurrency !== undefined && {
        Concurrency: { ReservedConcurrentExecutions: reservedConcurrency },
      }),
    }
  },
})
