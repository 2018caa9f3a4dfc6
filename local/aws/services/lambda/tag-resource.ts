import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { functionNameInput, functionReference } from './function-name.ts'
import { existingSettings, settingsTable } from './functions.ts'

export default defineOperation({
  service: 'lambda',
  name: 'TagResource',
  route: { method: 'POST', path: '/2017-03-31/tags/{Resource}', reply: { status: 204 } },
  input: z.strictObject({
    Resource: functionNameInput,
    Tags: z.record(z.string().min(1).max(128), z.string().max(256)),
  }),
  needs: ({ Resource }) => [{ action: 'lambda:TagResource', resource: Resource }],
  run({ Resource, Tags }, { platform }) {
    const reference = functionReference(Resource)
    const settings = existingSettings(platform, reference)
    settingsTable(platform).put(reference.name, { ...settings, tags: { ...settings.tags, ...Tags } })
  },
})
