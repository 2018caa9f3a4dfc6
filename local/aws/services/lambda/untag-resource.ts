import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { functionNameInput, functionReference } from './function-name.ts'
import { existingSettings, settingsTable } from './functions.ts'

export default defineOperation({
  service: 'lambda',
  name: 'UntagResource',
  route: { method: 'DELETE', path: '/2017-03-31/tags/{Resource}', reply: { status: 204 } },
  input: z.strictObject({ Resource: functionNameInput, TagKeys: z.array(z.string().min(1).max(128)).min(1) }),
  needs: ({ Resource }) => [{ action: 'lambda:UntagResource', resource: Resource }],
  run({ Resource, TagKeys }, { platform }) {
    const reference = functionReference(Resource)
    const settings = existingSettings(platform, reference)
    const tags = Object.fromEntries(Object.entries(settings.tags).filter(([key]) => !TagKeys.includes(key)))
    settingsTable(platform).put(reference.name, { ...settings, tags })
  },
})
