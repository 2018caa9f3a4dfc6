import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { openTasks, taskTokenInput } from './tasks/open-tasks.ts'

export default defineOperation({
  service: 'states',
  name: 'SendTaskHeartbeat',
  input: z.strictObject({ taskToken: taskTokenInput }),
  needs: () => [{ action: 'states:SendTaskHeartbeat', resource: '*' }],
  run: ({ taskToken }, { platform }) => {
    openTasks(platform).beat(taskToken)
    return {}
  },
})
