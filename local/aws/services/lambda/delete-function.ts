import * as z from 'zod'
import { defineOperation, RawReply } from '../../core/operation.ts'
import { sweepCode } from './code.ts'
import { eventInvokeConfigs } from './event-invoke-configs.ts'
import { functionArn, functionNameInput, functionReference } from './function-name.ts'
import { existingSettings, existingVersion, settingsTable, versionsOf, versionsTable } from './functions.ts'
import { policies } from './policies.ts'
import { sandboxesOf } from './runtime/sandboxes.ts'

export default defineOperation({
  service: 'lambda',
  name: 'DeleteFunction',
  route: { method: 'DELETE', path: '/2015-03-31/functions/{FunctionName}' },
  input: z.strictObject({ FunctionName: functionNameInput, Qualifier: z.string().optional() }),
  needs: ({ FunctionName }, platform) => [
    { action: 'lambda:DeleteFunction', resource: functionArn(platform, functionReference(FunctionName).name) },
  ],
  async run({ FunctionName, Qualifier }, { platform }) {
    const reference = functionReference(FunctionName, Qualifier)
    const { name, qualifier } = reference
    existingSettings(platform, reference)
    existingVersion(platform, reference)
    const whole = qualifier === '$LATEST'
    const gone = whole ? versionsOf(platform, name).map(({ Version }) => Version) : [qualifier]
    platform.store.transaction(() => {
      for (const version of gone) {
        versionsTable(platform).delete(`${name}:${version}`)
        eventInvokeConfigs(platform).delete(`${name}:${version}`)
      }
      if (whole) {
        settingsTable(platform).delete(name)
        policies(platform).delete(name)
      }
    })
    for (const version of gone) await sandboxesOf(platform).retire(name, version)
    await sweepCode(platform)
    return new RawReply(204)
  },
})
