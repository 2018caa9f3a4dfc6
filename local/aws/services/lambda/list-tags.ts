import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { functionNameInput, functionReference } from './function-name.ts'
import { existingSettings } from './functions.ts'

export default defineOperation({
  service: 'lambda',
  name: 'ListTags',
  route: { method: 'GET', path: '/2017-03-31/tags/{Resource}' },
  input: z.strictObject({ Resource: functionNameInput }),
  needs: ({ Resource }) => [{ action: 'lambda:ListTags', resource: Resource }],
  run: ({ Resource }, { platform }) => ({ Tags: existingSettings(platform, functionReference(Resource)).tags }),
})
