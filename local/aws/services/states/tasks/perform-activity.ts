import { randomUUID } from 'node:crypto'
import { activityTasks } from '../activities/activity-tasks.ts'
import type { Integration } from './attempt.ts'
import { openTasks } from './open-tasks.ts'

/** An activity's ARN as Resource: a worker takes the task by GetActivityTask and answers with its token. */
export const performActivity =
  (arn: string): Integration =>
  async ({ platform, given, call }) => {
    const { signal, heartbeat, taken } = call
    const token = randomUUID()
    const tasks = openTasks(platform)
    const result = tasks.wait(token, heartbeat, signal)
    activityTasks(platform).offer(arn, { token, input: JSON.stringify(given), signal, taken })
    try {
      return await result
    } finally {
      tasks.forget(token)
    }
  }
