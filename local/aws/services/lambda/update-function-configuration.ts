import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { passRole } from '../../core/policy/pass-role.ts'
import { configurationInput, configured } from './configuration-input.ts'
import { functionArn, functionNameInput, functionReference } from './function-name.ts'
import { existingVersion, lastModified, versionsTable } from './functions.ts'
import { requireTrust } from './require-trust.ts'
import { sandboxesOf } from './runtime/sandboxes.ts'

export default defineOperation({
  service: 'lambda',
  name: 'UpdateFunctionConfiguration',
  route: { method: 'PUT', path: '/2015-03-31/functions/{FunctionName}/configuration' },
  input: z.strictObject({ ...configurationInput, FunctionName: functionNameInput, RevisionId: z.string().optional() }),
  needs: ({ FunctionName, Role }, platform) => [
    {
      action: 'lambda:UpdateFunctionConfiguration',
      resource: functionArn(platform, functionReference(FunctionName).name),
    },
    ...(Role === undefined ? [] : [passRole(Role, 'lambda.amazonaws.com')]),
  ],
  async run({ FunctionName, ...input }, { platform }) {
    if (input.Role !== undefined) requireTrust(platform, input.Role)
    const reference = { name: functionReference(FunctionName).name, qualifier: '$LATEST' }
    const latest = {
      ...configured(existingVersion(platform, reference), input),
      LastModified: lastModified(platform),
      RevisionId: randomUUID(),
    }
    versionsTable(platform).put(`${reference.name}:$LATEST`, latest)
    await sandboxesOf(platform).retire(reference.name, '$LATEST')
    return latest
  },
})
