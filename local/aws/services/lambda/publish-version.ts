import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import { defineOperation } from '../../core/operation.ts'
import { functionArn, functionNameInput, functionReference } from './function-name.ts'
import { existingVersion } from './functions.ts'
import { publishVersion } from './published-version.ts'

export default defineOperation({
  service: 'lambda',
  name: 'PublishVersion',
  route: { method: 'POST', path: '/2015-03-31/functions/{FunctionName}/versions' },
  input: z.strictObject({
    FunctionName: functionNameInput,
    CodeSha256: z.string().optional(),
    Description: z.string().max(256).optional(),
    RevisionId: z.string().optional(),
  }),
  needs: ({ FunctionName }, platform) => [
    { action: 'lambda:PublishVersion', resource: functionArn(platform, functionReference(FunctionName).name) },
  ],
  run({ FunctionName, CodeSha256, Description }, { platform }) {
    const { name } = functionReference(FunctionName)
    const latest = existingVersion(platform, { name, qualifier: '$LATEST' })
    if (CodeSha256 !== undefined && CodeSha256 !== latest.CodeSha256) {
      throw new AwsError(
        'InvalidParameterValueException',
        `CodeSHA256 (${CodeSha256}) is different from current CodeSHA256 in $LATEST (${latest.CodeSha256}). Please try again with the CodeSHA256 in $LATEST.`,
        { Type: 'User' },
      )
    }
    return publishVersion(platform, latest, Description)
  },
})
