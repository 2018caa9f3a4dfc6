import { perPlatform } from '../../../core/per-platform.ts'

/** A scheduled task of an activity. */
export interface ActivityTask {
  readonly token: string
  /** JSON text. */
  readonly input: string
  /** Aborted when nobody waits for the task any more. */
  readonly signal: AbortSignal
  readonly taken: (workerName: string | undefined) => void
}

/** Tasks that wait for a worker, and workers that wait for a task, by the activity's ARN; first come, first served. */
export const activityTasks = perPlatform(() => {
  const queues = new Map<string, { tasks: ActivityTask[]; workers: ((task: ActivityTask) => void)[] }>()
  const queueOf = (arn: string) => {
    const queue = queues.get(arn) ?? { tasks: [], workers: [] }
    queues.set(arn, queue)
    return queue
  }
  return {
    offer(arn: string, task: ActivityTask): void {
      const { tasks, workers } = queueOf(arn)
      const worker = workers.shift()
      if (worker) worker(task)
      else tasks.push(task)
    },
    /** The next task that is still wanted, or undefined when `signal` ends the waiting. */
    take(arn: string, signal: AbortSignal): Promise<ActivityTask | undefined> {
      const { tasks, workers } = queueOf(arn)
      for (let task = tasks.shift(); task; task = tasks.shift()) {
        if (!task.signal.aborted) return Promise.resolve(task)
      }
      return new Promise((resolve) => {
        const leave = () => {
          workers.splice(workers.indexOf(worker), 1)
          resolve(undefined)
        }
        const worker = (task: ActivityTask) => {
          signal.removeEventListener('abort', leave)
          resolve(task)
        }
        if (signal.aborted) return resolve(undefined)
        signal.addEventListener('abort', leave, { once: true })
        workers.push(worker)
      })
    },
  }
})
