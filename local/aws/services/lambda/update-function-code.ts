import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { storeCode, sweepCode } from './code.ts'
import { functionArn, functionNameInput, functionReference } from './function-name.ts'
import { existingVersion, lastModified, versionsTable } from './functions.ts'
import { publishVersion } from './published-version.ts'
import { sandboxesOf } from './runtime/sandboxes.ts'

export default defineOperation({
  service: 'lambda',
  name: 'UpdateFunctionCode',
  route: { method: 'PUT', path: '/2015-03-31/functions/{FunctionName}/code' },
  input: z.strictObject({
    FunctionName: functionNameInput,
    S3Bucket: z.string().optional(),
    S3Key: z.string().optional(),
    S3ObjectVersion: z.string().optional(),
    ZipFile: z.string().optional(),
    Architectures: z
      .array(z.enum(['x86_64', 'arm64']))
      .max(1)
      .optional(),
    Publish: z.boolean().optional(),
    DryRun: z.boolean().optional(),
    RevisionId: z.string().optional(),
  }),
  needs: ({ FunctionName }, platform) => [
    { action: 'lambda:UpdateFunctionCode', resource: functionArn(platform, functionReference(FunctionName).name) },
  ],
  async run({ FunctionName, Architectures, Publish, DryRun, ...source }, { platform, principal }) {
    const reference = { name: functionReference(FunctionName).name, qualifier: '$LATEST' }
    existingVersion(platform, reference)
    const code = await storeCode(platform, source, principal)
    const latest = {
      ...existingVersion(platform, reference),
      ...code,
      ...(Architectures && { Architectures }),
      LastModified: lastModified(platform),
      RevisionId: randomUUID(),
    }
    if (DryRun) return latest
    versionsTable(platform).put(`${reference.name}:$LATEST`, latest)
    await sandboxesOf(platform).retire(reference.name, '$LATEST')
    await sweepCode(platform)
    return Publish ? publishVersion(platform, latest, undefined) : latest
  },
})
