import * as z from 'zod'
import { defineOperation } from '../../core/operation.ts'
import { activity } from './activities/activity.ts'
import { activityTasks } from './activities/activity-tasks.ts'
import { arnInput, nameInput } from './names.ts'

const longestPollMs = 60_000

/** Waits up to a minute for a task; without one the answer is empty. */
export default defineOperation({
  service: 'states',
  name: 'GetActivityTask',
  input: z.strictObject({ activityArn: arnInput, workerName: nameInput.optional() }),
  needs: ({ activityArn }) => [{ action: 'states:GetActivityTask', resource: activityArn }],
  run: async ({ activityArn, workerName }, { platform, signal }) => {
    const { arn } = activity(platform, activityArn)
    const over = new AbortController()
    platform.clock.sleep(platform.clock.pace(longestPollMs), over.signal).then(
      () => over.abort(),
      () => {},
    )
    const task = await activityTasks(platform).take(arn, AbortSignal.any([signal, over.signal]))
    over.abort()
    task?.taken(workerName)
    return task ? { taskToken: task.token, input: task.input } : {}
  },
})
