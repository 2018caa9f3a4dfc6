import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { functionArn, functionNameInput, functionReference } from './function-name.ts'
import { existingSettings, versionsOf } from './functions.ts'

export default defineOperation({
  service: 'lambda',
  name: 'ListVersionsByFunction',
  route: { method: 'GET', path: '/2015-03-31/functions/{FunctionName}/versions' },
  input: z.strictObject({
    FunctionName: functionNameInput,
    Marker: z.string().optional(),
    MaxItems: z.coerce.number().int().min(1).optional(),
  }),
  needs: ({ FunctionName }, platform) => [
    { action: 'lambda:ListVersionsByFunction', resource: functionArn(platform, functionReference(FunctionName).name) },
  ],
  run({ FunctionName, Marker, MaxItems = 50 }, { platform }) {
    const reference = functionReference(FunctionName)
    existingSettings(platform, reference)
    const versions = versionsOf(platform, reference.name)
    const first = Marker === undefined ? 0 : versions.findIndex(({ Version }) => Version === Marker) + 1
    const page = versions.slice(first, first + MaxItems)
    const last = page.at(-1)
    return {
      Versions: page.map((version) => ({
        ...version,
        FunctionArn: functionArn(platform, reference.name, version.Version),
      })),
      ...(first + page.length < versions.length && last && { NextMarker: last.Version }),
    }
  },
})
