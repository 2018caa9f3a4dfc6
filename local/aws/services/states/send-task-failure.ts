import { StateError } from '@hopline/local-states'
import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { openTasks, taskTokenInput } from './tasks/open-tasks.ts'

export default defineOperation({
  service: 'states',
  name: 'SendTaskFailure',
  input: z.strictObject({
    taskToken: taskTokenInput,
    error: z.string().max(256).optional(),
    cause: z.string().max(32_768).optional(),
  }),
  needs: () => [{ action: 'states:SendTaskFailure', resource: '*' }],
  run: ({ taskToken, error, cause }, { platform }) => {
    openTasks(platform).settle(taskToken, { failure: new StateError(error, cause) })
    return {}
  },
})
