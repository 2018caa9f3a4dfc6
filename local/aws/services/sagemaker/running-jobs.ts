import { perPlatform } from '../../core/per-platform.ts'

/** Jobs at work in this process, by ARN. A job's signal is aborted with the reason `stop` or `shutdown`. */
export const runningJobs = perPlatform((platform) => {
  const jobs = new Map<string, { end: AbortController; done: Promise<void> }>()
  platform.onClose(async () => {
    for (const { end } of jobs.values()) end.abort('shutdown')
    await Promise.allSettled([...jobs.values()].map(({ done }) => done))
  })
  return {
    start(arn: string, work: (signal: AbortSignal) => Promise<void>) {
      const end = new AbortController()
      const done = work(end.signal)
        .catch((error: unknown) =>
          platform.log('sagemaker', 'a job ended without a state', { arn, error: String(error) }),
        )
        .finally(() => jobs.delete(arn))
      jobs.set(arn, { end, done })
    },
    /** Resolves when a job is no longer at work here. */
    ended: async (arn: string) => jobs.get(arn)?.done,
    stop: (arn: string) => jobs.get(arn)?.end.abort('stop'),
  }
})
