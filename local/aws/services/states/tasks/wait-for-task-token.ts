import type { Integration } from './attempt.ts'
import { openTasks } from './open-tasks.ts'

/** Makes the request, then waits for whoever has the token. A request that fails fails the task. */
export const waitForTaskToken =
  (request: Integration): Integration =>
  async (attempt) => {
    const { platform, call } = attempt
    const { token = '', heartbeat, signal } = call
    const tasks = openTasks(platform)
    const result = tasks.wait(token, heartbeat, signal)
    result.catch(() => {}) // the request's own failure comes first
    try {
      call.submitted(await request(attempt))
      return await result
    } finally {
      tasks.forget(token)
    }
  }
