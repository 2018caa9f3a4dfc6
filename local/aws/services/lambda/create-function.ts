import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import { AwsError } from '../../core/errors.ts'
import { defineOperation } from '../../core/operation.ts'
import { passRole } from '../../core/policy/pass-role.ts'
import { storeCode } from './code.ts'
import { configurationInput, configured } from './configuration-input.ts'
import { functionArn, functionNameInput, functionReference } from './function-name.ts'
import type { FunctionConfiguration } from './functions.ts'
import { existingVersion, lastModified, settingsTable, versionsTable } from './functions.ts'
import { publishVersion } from './published-version.ts'
import { requireTrust } from './require-trust.ts'

export default defineOperation({
  service: 'lambda',
  name: 'CreateFunction',
  route: { method: 'POST', path: '/2015-03-31/functions' },
  input: z.strictObject({
    ...configurationInput,
    FunctionName: functionNameInput,
    Role: configurationInput.Role.unwrap(),
    Handler: z.string().max(128),
    Runtime: configurationInput.Runtime.unwrap(),
    Code: z.strictObject({
      S3Bucket: z.string().optional(),
      S3Key: z.string().optional(),
      S3ObjectVersion: z.string().optional(),
      ZipFile: z.string().optional(),
    }),
    Architectures: z
      .array(z.enum(['x86_64', 'arm64']))
      .max(1)
      .optional(),
    PackageType: z.literal('Zip').optional(),
    Publish: z.boolean().optional(),
    Tags: z.record(z.string(), z.string()).optional(),
  }),
  needs: ({ FunctionName, Role }, platform) => [
    { action: 'lambda:CreateFunction', resource: functionArn(platform, functionReference(FunctionName).name) },
    passRole(Role, 'lambda.amazonaws.com'),
  ],
  async run(input, { platform, principal }) {
    const { name } = functionReference(input.FunctionName)
    if (settingsTable(platform).get(name)) {
      throw new AwsError('ResourceConflictException', `Function already exist: ${name}`, { status: 409, Type: 'User' })
    }
    requireTrust(platform, input.Role)
    const code = await storeCode(platform, input.Code, principal)
    const latest: FunctionConfiguration = configured(
      {
        FunctionName: name,
        FunctionArn: functionArn(platform, name),
        Runtime: input.Runtime,
        Role: input.Role,
        Handler: input.Handler,
        ...code,
        Description: '',
        Timeout: 3,
        MemorySize: 128,
        LastModified: lastModified(platform),
        Version: '$LATEST',
        TracingConfig: { Mode: 'PassThrough' },
        RevisionId: randomUUID(),
        Architectures: input.Architectures ?? ['x86_64'],
        EphemeralStorage: { Size: 512 },
        LoggingConfig: { LogFormat: 'Text', LogGroup: `/aws/lambda/${name}` },
        PackageType: 'Zip',
        State: 'Active',
        LastUpdateStatus: 'Successful',
      } satisfies FunctionConfiguration,
      input,
    )
    platform.store.transaction(() => {
      settingsTable(platform).put(name, { nextVersion: 1, tags: input.Tags ?? {} })
      versionsTable(platform).put(`${name}:$LATEST`, latest)
    })
    return input.Publish
      ? publishVersion(platform, existingVersion(platform, { name, qualifier: '$LATEST' }), undefined)
      : latest
  },
})
